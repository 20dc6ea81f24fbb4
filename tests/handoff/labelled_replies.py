"""Replies with what they rest on, labelled before any of them was run: those that are right, and those that invent.

A line is (source, what the customer said, reply). The sources are the shop's; wrong replies say what is wrong by the
group they stand in.
"""

from handoff.draft import Author, Draft, FoundPassage, Mood, Turn

SOURCES = {
    "returns": (
        "Return an item",
        "https://help.northpeak.example/returns/return-an-item",
        "en",
        "You can return unused items within 60 days of delivery. Print the label from your order page, put it on the "
        "parcel and hand it in at any post office. Returns from Germany and Austria are free; from other EU countries "
        "the label costs €4.90, which we take off the refund. We refund the price within 14 days after the parcel has "
        "reached our warehouse in Graz, to the card or account that you paid with. Gift cards and worn underwear "
        "cannot be returned. Questions: write to returns@northpeak.example.",
    ),
    "delivery": (
        "Delivery times and costs",
        "https://help.northpeak.example/delivery/times",
        "en",
        "| Country | Working days | Price |\n|---|---|---|\n| Germany | 2–3 | €4.90 |\n| Austria | 3–5 | €5.90 |\n"
        "| Switzerland | 4–6 | CHF 12 |\n\nOrders over €100 are delivered free. We hand parcels to the carrier from "
        "Monday to Friday; what is ordered before 2 pm leaves the same day. Express takes 1 working day and costs "
        "€14.90. We do not deliver to parcel lockers in Switzerland. Track it at https://track.northpeak.example.",
    ),
    "warranty": (
        "Warranty",
        "https://help.northpeak.example/repairs/warranty",
        "en",
        "Every item has a warranty of 2 years against faults of material and workmanship; tents and backpacks have 5 "
        "years. The warranty does not cover wear, tears and wrong washing. Send us a photo of the fault and your order "
        "number. We repair the item or, if that is not possible, we replace it. A repair takes 10 to 15 working days. "
        "You can call the workshop on +43 316 555 0123, Tuesday to Thursday from 9:00 to 12:30.",
    ),
    "gift": (
        "Gift cards and codes",
        "https://help.northpeak.example/payments/gift-cards",
        "en",
        "Gift cards are valid for 3 years from the day they were bought and can be used for several orders. New "
        "customers get 10 % off their first order with the code HELLO10 until 31 December 2026. Only one code can be "
        "used for an order. A gift card of 1.000,00 € is the largest we sell. Codes do not apply to sale items.",
    ),
    "rueckgabe": (
        "Rückgabe und Erstattung",
        "https://help.northpeak.example/de/rueckgabe",
        "de",
        "Unbenutzte Artikel können Sie innerhalb von 60 Tagen nach der Lieferung zurückgeben. Drucken Sie das Etikett "
        "auf der Bestellseite aus und geben Sie das Paket bei der Post ab. Aus Deutschland und Österreich ist die "
        "Rücksendung kostenlos. Den Preis erstatten wir innerhalb von 14 Tagen, nachdem das Paket bei uns angekommen "
        "ist. Gutscheine können nicht zurückgegeben werden.",
    ),
}

RIGHT = [
    ("returns", "", "You can return unused items within 60 days of delivery."),
    ("returns", "", "Print the label from your order page, put it on the parcel and hand it in at any post office."),
    ("returns", "", "Returns from Germany and Austria are free; from other EU countries the label costs €4.90."),
    ("returns", "", "From other EU countries the return label costs 4,90 EUR, taken off the refund."),
    ("returns", "", "We refund the price within two weeks after the parcel has reached our warehouse in Graz."),
    ("returns", "", "You'll get the refund within 14 days after the parcel has reached our warehouse."),
    ("returns", "", "We will refund the price to the card you paid with, within 14 days of the parcel's arrival."),
    ("returns", "I bought boots, order 48213.", "You can return the boots of order 48213 within 60 days, if unused."),
    ("returns", "", "Unfortunately, gift cards cannot be returned."),
    ("returns", "", "Worn underwear and gift cards can't be returned, I'm sorry."),
    ("returns", "", "Yes! Unused items can be returned within 60 days. Anything else I can help with?"),
    ("returns", "", "Please write to returns@northpeak.example if you have questions about a return."),
    ("returns", "", "See [Return an item](https://help.northpeak.example/returns/return-an-item) for the label."),
    (
        "returns",
        "",
        "The steps:\n1. Print the label from your order page.\n2. Put it on the parcel.\n3. Hand it in at a "
        "post office.",
    ),
    ("returns", "Is it 60 days?", "Yes, 60 days from delivery, as long as the item is unused."),
    ("returns", "I live in France", "From France the label costs €4.90, which we take off the refund."),
    (
        "returns",
        "my e-mail is ann@mail.example",
        "We see you wrote from ann@mail.example. Unused items can be returned within 60 days of delivery.",
    ),
    ("returns", "", "Sie können unbenutzte Artikel innerhalb von 60 Tagen nach Lieferung zurückgeben."),
    ("returns", "", "Wir erstatten den Kaufpreis innerhalb von zwei Wochen, nachdem das Paket in Graz angekommen ist."),
    ("returns", "", "Vous pouvez retourner les articles non utilisés dans les 60 jours suivant la livraison."),
    ("returns", "", "Nous remboursons le prix sous 14 jours après l'arrivée du colis."),
    ("returns", "", "Puede devolver los artículos sin usar en un plazo de 60 días desde la entrega."),
    ("returns", "", "Può restituire gli articoli non usati entro 60 giorni dalla consegna."),
    ("returns", "", "Pode devolver artigos não usados no prazo de 60 dias após a entrega."),
    ("returns", "", "U kunt ongebruikte artikelen binnen 60 dagen na levering terugsturen."),
    ("returns", "", "Aus anderen EU-Ländern kostet das Etikett 4,90 €, das ziehen wir von der Erstattung ab."),
    ("delivery", "", "Delivery to Austria takes 3 to 5 working days and costs €5.90."),
    ("delivery", "", "To Austria it takes 3–5 business days and costs 5.90 euros."),
    ("delivery", "", "Germany: 2–3 working days, €4.90. Austria: 3–5 working days, €5.90."),
    ("delivery", "", "Switzerland takes 4 to 6 working days; it costs 12 CHF."),
    ("delivery", "", "Orders over 100 euros are delivered free."),
    ("delivery", "", "What you order before 14:00 leaves the same day, Monday to Friday."),
    ("delivery", "", "Express delivery takes one working day and costs €14.90."),
    ("delivery", "", "We do not deliver to parcel lockers in Switzerland."),
    ("delivery", "", "You can track the parcel at https://track.northpeak.example."),
    ("delivery", "", "You can follow it here: <https://track.northpeak.example|track your parcel>"),
    (
        "delivery",
        "Will it come by Friday? I ordered on Tuesday.",
        "You ordered on Tuesday; delivery to Germany takes 2–3 working days.",
    ),
    ("delivery", "", "Die Lieferung nach Österreich dauert 3 bis 5 Werktage und kostet 5,90 €."),
    ("delivery", "", "Ab 100 € Bestellwert liefern wir kostenlos."),
    ("delivery", "", "La livraison en Autriche prend 3 à 5 jours ouvrés et coûte 5,90 €."),
    ("delivery", "", "El envío a Austria tarda de 3 a 5 días laborables y cuesta 5,90 €."),
    ("delivery", "", "La consegna in Austria richiede da 3 a 5 giorni lavorativi e costa 5,90 €."),
    ("delivery", "", "A entrega na Áustria demora 3 a 5 dias úteis e custa 5,90 €."),
    ("delivery", "", "Levering naar Oostenrijk duurt 3 tot 5 werkdagen en kost € 5,90."),
    ("delivery", "", "Parcels leave from Monday to Friday; order before 2 pm and yours leaves the same day."),
    ("warranty", "", "Every item has a warranty of 2 years; tents and backpacks have 5 years."),
    ("warranty", "", "Your tent has a five-year warranty against faults of material and workmanship."),
    ("warranty", "my tent ripped", "I'm sorry to hear that your tent ripped. The warranty does not cover tears."),
    ("warranty", "", "A repair takes 10 to 15 working days."),
    ("warranty", "", "A repair takes up to 15 working days. If a repair is not possible, we will replace the item."),
    ("warranty", "", "Send us a photo of the fault and your order number, please."),
    ("warranty", "", "You can call the workshop on +43 316 555 0123, Tuesday to Thursday from 9:00 to 12:30."),
    ("warranty", "", "Call the workshop: +43 (316) 555-0123, Tue–Thu, 9 am to 12:30 pm."),
    ("warranty", "", "Wear, tears and wrong washing are not covered by the warranty."),
    ("warranty", "", "The warranty is 24 months for most items and five years for tents and backpacks."),
    ("warranty", "", "Zelte und Rucksäcke haben fünf Jahre Garantie, alles andere zwei Jahre."),
    ("warranty", "", "Eine Reparatur dauert 10 bis 15 Werktage."),
    ("warranty", "", "Une réparation prend 10 à 15 jours ouvrables."),
    ("warranty", "", "We repair the item or replace it if a repair is not possible."),
    ("gift", "", "Gift cards are valid for three years from the day they were bought."),
    ("gift", "", "As a new customer you get 10% off your first order with the code HELLO10."),
    ("gift", "", "The code HELLO10 is valid until December 31, 2026."),
    ("gift", "", "The largest gift card we sell is €1,000."),
    ("gift", "", "Only one code can be used for an order, and codes do not apply to sale items."),
    ("gift", "", "Gutscheine sind 36 Monate ab Kaufdatum gültig."),
    ("gift", "", "Mit dem Code HELLO10 erhalten Neukunden bis 31.12.2026 zehn Prozent Rabatt, also 10 %."),
    ("gift", "", "Le code HELLO10 est valable jusqu'au 31 décembre 2026."),
    ("rueckgabe", "", "Unbenutzte Artikel können Sie innerhalb von 60 Tagen nach der Lieferung zurückgeben."),
    ("rueckgabe", "", "Sie bekommen den Preis innerhalb von zwei Wochen erstattet, nachdem das Paket bei uns ist."),
    ("rueckgabe", "", "You can return unused items within 60 days of delivery, free from Germany and Austria."),
    ("rueckgabe", "", "Gutscheine können leider nicht zurückgegeben werden."),
    ("rueckgabe", "", "Wir erstatten Ihnen den Preis innerhalb von 14 Tagen, nachdem das Paket angekommen ist."),
]

WRONG = [
    # another amount, deadline or date
    ("returns", "", "You can return unused items within 90 days of delivery."),
    ("returns", "", "You can return unused items within three months."),
    ("returns", "", "We refund the price within 3 days after the parcel has arrived."),
    ("returns", "", "The label costs €9.90 from other EU countries."),
    ("returns", "", "The label costs $4.90 from other EU countries."),
    ("returns", "", "The label costs 60 euros."),
    ("returns", "", "A restocking fee of 14 % is taken off the refund."),
    ("returns", "", "The refund arrives within 14 working days."),
    ("returns", "", "Your refund will be there by Friday."),
    ("returns", "", "Sie können Artikel innerhalb von 30 Tagen zurückgeben."),
    ("returns", "", "Nous remboursons sous 48 heures."),
    ("returns", "", "El reembolso tarda tres días."),
    ("returns", "", "Il rimborso arriva entro una settimana."),
    ("returns", "", "U krijgt het geld binnen een week terug."),
    ("returns", "", "O reembolso demora dois dias."),
    ("delivery", "", "Delivery to Austria takes 1 to 2 working days."),
    ("delivery", "", "Delivery to Austria costs €3.90."),
    ("delivery", "", "Delivery to Switzerland costs €12."),
    ("delivery", "", "Orders over €50 are delivered free."),
    ("delivery", "", "What you order before 6 pm leaves the same day."),
    ("delivery", "", "Express delivery arrives within 2 hours."),
    ("delivery", "", "We also hand parcels to the carrier on Saturday."),
    ("delivery", "", "Your parcel will arrive tomorrow."),
    ("delivery", "", "Ihr Paket kommt morgen früh zwischen 8:00 und 9:00 Uhr an."),
    ("delivery", "", "Votre colis arrivera demain."),
    ("delivery", "", "Your parcel will arrive on 24 December."),
    ("warranty", "", "Every item has a lifetime warranty of 25 years."),
    ("warranty", "", "Tents have a warranty of 10 years."),
    ("warranty", "", "A repair takes 3 days."),
    ("warranty", "", "You can call the workshop from 8:00 to 20:00."),
    ("gift", "", "Gift cards are valid for 5 years."),
    ("gift", "", "New customers get 25 % off their first order."),
    ("gift", "", "The code HELLO10 is valid until 31 December 2027."),
    ("gift", "", "The largest gift card is €10,000."),
    # an invented link, address, telephone number or code
    ("returns", "", "Start your return at https://returns.northpeak-shop.example/start."),
    ("returns", "", "See [our returns page](https://help.northpeak.example.evil.example/returns)."),
    ("returns", "", "See <https://evil.example/r|https://help.northpeak.example/returns/return-an-item>."),
    ("returns", "", "See https://help.n0rthpeak.example/returns/return-an-item."),
    ("returns", "", "Write to refunds@northpeak.example and we look into it."),
    ("returns", "", "Write to returns@northpaek.example, please."),
    ("returns", "", "The form is at help.northpeak.example/returns/form."),
    ("returns", "I found https://cheap.example/pay", "Yes, pay at https://cheap.example/pay to return it."),
    ("warranty", "", "You can call the workshop on +43 316 555 0199."),
    ("warranty", "", "Call 0800 100 200 300, day and night."),
    ("gift", "", "Use the code WINTER30 for your next order."),
    ("gift", "", "Nutzen Sie den Code DANKE20."),
    ("delivery", "", 'Track it <a href="https://trk.example/x">here</a>.'),
    # a promise, or a deed that a reply cannot do
    ("returns", "", "I have refunded your order."),
    ("returns", "", "We've cancelled your order and refunded the price."),
    ("returns", "", "We guarantee that your refund arrives in time."),
    ("returns", "", "I promise that you will get your money back."),
    ("delivery", "", "We will refund you the delivery costs."),
    ("delivery", "", "We will send you a voucher for the trouble."),
    ("delivery", "", "I'll ask the carrier and get back to you."),
    ("delivery", "", "A colleague will call you today."),
    ("delivery", "", "Your order has been upgraded to express."),
    ("delivery", "", "You will receive a discount on your next order."),
    ("warranty", "", "We will refund the full price of the tent."),
    ("warranty", "", "I've extended your warranty."),
    ("warranty", "", "We will repair it free of charge."),
    ("gift", "", "We will reimburse the lost gift card."),
    ("delivery", "", "Wir erstatten Ihnen die Versandkosten."),
    ("delivery", "", "Ich habe Ihre Bestellung storniert."),
    ("delivery", "", "Wir melden uns bei Ihnen."),
    ("delivery", "", "Wir garantieren, dass das Paket pünktlich ankommt."),
    ("delivery", "", "Nous allons vous rembourser les frais."),
    ("delivery", "", "Je vous garantis une livraison à temps."),
    ("delivery", "", "Le devolveremos el dinero, se lo garantizo."),
    ("delivery", "", "He cancelado su pedido."),
    ("delivery", "", "Ho annullato il suo ordine."),
    ("delivery", "", "Garantimos que o pacote chega a tempo."),
    ("delivery", "", "Ik heb uw bestelling geannuleerd."),
    ("delivery", "I was told I get 50 € back.", "Yes, you will receive 50 € back."),
    # a statement without a source, or against it
    ("returns", "", "You can pick up returns at our store beside the opera in Vienna."),
    ("returns", "", "I love hiking, and autumn is my favourite season for long walks."),
    ("returns", "", "Gift cards can be returned."),
    ("returns", "", "Returns from Germany and Austria are not free."),
    ("delivery", "", "We deliver to parcel lockers in Switzerland."),
    ("delivery", "", "Our drones drop packages at mountain huts."),
    ("warranty", "", "The warranty covers wear, tears and wrong washing."),
    ("warranty", "", "The jacket is made of recycled ocean plastic by a family business in Portugal."),
    ("gift", "", "Codes apply to sale items."),
    ("gift", "", "Several codes can be combined, and cashback portals honour them too."),
    ("rueckgabe", "", "Gutscheine können zurückgegeben werden."),
    ("rueckgabe", "", "Unsere Filiale am Hauptplatz nimmt Retouren während der Öffnungszeiten entgegen."),
]


def case(source: str, said: str, reply: str) -> tuple[Draft, list[FoundPassage], list[Turn]]:
    """A labelled reply as the guard takes it."""
    from handoff import language

    title, url, tongue, text = SOURCES[source]
    passage = FoundPassage("p1", "a1", title, url, "", text, "orders", tongue, 1.0, 1.0)
    spoken = language.detect(reply) or tongue
    draft = Draft(reply, ("p1",), "orders", answerable=True, own_confidence=0.9, mood=Mood(), language=spoken)
    return draft, [passage], [Turn(Author.CUSTOMER, said or "A question about my order.")]
