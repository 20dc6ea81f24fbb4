"""What customers of the sample shop asked in the simulated weeks, and what they were told. Made up, like the shop.

`{order}`, `{item}` and `{country}` are filled in anew each time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A question with an answer in the articles, and what an agent adds where that was not enough."""

    topic: str
    article: str
    """The article's file, without its ending."""
    asked: tuple[str, ...]
    answer: str
    objection: str
    """What a customer says whom the answer does not help."""
    agent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleQuestion:
    """A question that only a person can settle."""

    topic: str
    asked: tuple[str, ...]
    agent: tuple[str, ...]


ITEMS = ("Tarn 2", "Skua 45", "Drizzle jacket", "Ember jacket", "Scree Mid boots", "Hollow Three", "Kettle stove")
COUNTRIES = ("Austria", "Denmark", "France", "Poland", "Sweden", "Norway", "Switzerland")
NO_HELP = ("That does not help me, sorry.", "That's not what I asked.", "No, I have read that page already.")
WISHES = ("Can I talk to a person please?", "I'd rather speak to someone from your team.", "agent please")
ANGRY = (
    "This is ridiculous, I have been waiting for weeks and nobody answers!",
    "I am really fed up with this!!",
    "WHY IS NOBODY ANSWERING ME? This is unacceptable",
)
THANKS = ("Perfect, thank you!", "Great, that's all I needed.", "Thanks, that works.", "Ah, got it. Thanks!")
THANKS_AFTER_ALL = ("Thanks for sorting it out.", "Okay, thank you for looking into it.", "That solves it, thanks.")

ANSWERED = (
    PastQuestion(
        "orders",
        "orders/track-your-order",
        ("Where is my order {order}?", "Hi, how can I see where my parcel is? Order {order}", "tracking for {order}?"),
        "Open the tracking link in the email “Your order is on its way”, or use **Track an order** with your order "
        "number and postcode.",
        "The tracking link shows nothing.",
        (
            "I looked it up with the carrier: it was scanned this morning and comes tomorrow.",
            "Your order travels in two parcels; the second one left today. I have sent you its link.",
        ),
    ),
    PastQuestion(
        "orders",
        "orders/change-or-cancel-an-order",
        ("Can I cancel order {order}?", "I ordered the {item} twice by mistake, how do I cancel one?"),
        "You can cancel an order yourself while its status is Received: open it under **Your orders** and choose "
        "**Cancel order**.",
        "It says Packed already, so I can't cancel.",
        (
            "I stopped it at the warehouse in time. The money is on its way back.",
            "Refuse it at the door, I made a note.",
        ),
    ),
    PastQuestion(
        "orders",
        "orders/change-or-cancel-an-order",
        ("I typed the wrong address for {order}, can I change it?", "How do I change the delivery address?"),
        "Choose **Change address** in the order while its status is Received. The country cannot be changed.",
        "There is no such button in my order.",
        ("I have changed the house number for you, it was still possible.",),
    ),
    PastQuestion(
        "orders",
        "orders/account-and-confirmation",
        (
            "I got no confirmation email for my order",
            "How do I reset my password?",
            "no mail after ordering, is that ok?",
        ),
        "The confirmation arrives within 15 minutes; look in the spam folder first. Forgot your password? The link on "
        "the sign-in page works for 30 minutes.",
        "Nothing in spam either.",
        ("There was a typing error in the address, I have sent the confirmation again.",),
    ),
    PastQuestion(
        "delivery",
        "delivery/delivery-times-and-costs",
        (
            "How long does delivery to {country} take?",
            "What is shipping to {country}?",
            "When would it arrive in {country}?",
        ),
        "We ship within one working day. Germany takes 1–2 working days, neighbours 2–4, other EU countries 3–6, the "
        "United Kingdom, Norway and Switzerland 4–7.",
        "I need it by Friday, so that's too vague.",
        ("If you order before 14:00 today it should be there on Friday; I can't promise it, though.",),
    ),
    PastQuestion(
        "delivery",
        "delivery/delivery-times-and-costs",
        ("From what amount is shipping free?", "Do I get free shipping to {country}?"),
        "Shipping is free in Germany from €75, in neighbouring countries from €120 and in the rest of the EU from "
        "€150.",
        "My basket is above that and it still charges me.",
        ("The gift card in the basket does not count towards it. I have explained the sum in an email.",),
    ),
    PastQuestion(
        "delivery",
        "delivery/late-or-lost-parcel",
        ("My parcel is late, order {order}", "{order} should have come on Monday. What now?", "parcel still not here"),
        "A parcel counts as late 3 working days after the latest date in your confirmation. Write to us with the order "
        "number then, and we start a search.",
        "It is more than 3 days already.",
        (
            "I have started a search with the carrier; you hear from me within 5 working days.",
            "The carrier has lost it, I am sorry. A new {item} leaves today.",
        ),
    ),
    PastQuestion(
        "delivery",
        "delivery/express-and-parcel-shops",
        ("Do you deliver to a parcel locker?", "How much is express delivery?", "Can I get it by tomorrow?"),
        "Express costs €12.90 within Germany, order by 14:00. Under **Pick up** you can choose a parcel shop or "
        "locker.",
        "The checkout doesn't offer me express.",
        ("Express is not possible with gas cartridges in the basket. Order them apart and it appears.",),
    ),
    PastQuestion(
        "returns",
        "returns/return-an-item",
        (
            "How do I return the {item}?",
            "I want to send the {item} back, how does that work?",
            "return label for {order}?",
        ),
        "You have 60 days. Open **Your orders**, choose **Return**, mark the items, then print the label or show the "
        "QR code at the parcel shop.",
        "I ordered as a guest and can't find it.",
        ("Here is a link with the label, valid for two weeks.", "I have registered the return for you."),
    ),
    PastQuestion(
        "returns",
        "returns/refunds",
        ("When do I get my refund for {order}?", "How long does a refund take?", "refund not here yet"),
        "We check a return within 3 working days after it reaches us. Most customers have their money 5 to 10 working "
        "days after handing the parcel in.",
        "It has been three weeks.",
        (
            "The parcel had no return slip, so it lay aside. I have sent the refund now, with an apology.",
            "Your bank returned the payment; I need your new IBAN through the form I just sent.",
        ),
    ),
    PastQuestion(
        "returns",
        "returns/exchange-a-size",
        ("Can I swap the {item} for a bigger size?", "exchange for size L possible?"),
        "An exchange for another size or colour is free within the EU, once per item: choose **Return**, then "
        "**Exchange**.",
        "It says my size is sold out.",
        ("Two pieces in your size came back today; I have put one aside for you.",),
    ),
    PastQuestion(
        "returns",
        "returns/gifts-and-exceptions",
        ("I got the {item} as a gift, can I return it?", "Can I return sale items?"),
        "Yes. For a gift take the number from the packing slip and choose **Return a gift**; you get a gift card.",
        "The packing slip is gone.",
        ("I found it by the giver's name and postcode. The gift card is in your mail.",),
    ),
    PastQuestion(
        "payments",
        "payments/ways-to-pay",
        ("Can I pay by PayPal?", "Which cards do you take?", "When is my card charged?"),
        "We take Visa, Mastercard, PayPal, Apple Pay, Google Pay, bank transfer, gift cards, and invoice in Germany "
        "and Austria. Cards are charged when the parcel leaves us.",
        "I was charged before it left.",
        ("That was only the reservation; it turns into the payment when the parcel leaves.",),
    ),
    PastQuestion(
        "payments",
        "payments/payment-problems",
        ("I was charged twice for {order}", "My payment was declined, why?", "payment failed but money is gone"),
        "Two entries after a failed attempt are nearly always one charge and one reservation, which disappears within "
        "5 working days.",
        "Both are still there after a week.",
        (
            "You are right, the second one was a mistake of our provider. It is refunded.",
            "The bank confirms only one charge; the other entry will vanish by Thursday.",
        ),
    ),
    PastQuestion(
        "payments",
        "payments/gift-cards-and-codes",
        ("My discount code does not work", "How long is a gift card valid?", "Can I use two codes?"),
        "One code per order; codes do not work on gift cards, gas cartridges and final pieces. Gift cards are valid "
        "for 3 years.",
        "It is none of those and still does not work.",
        ("The code had ended on Sunday. I made you a new one for the same amount.",),
    ),
    PastQuestion(
        "products",
        "products/jacket-sizes",
        ("Which size in the Drizzle jacket with 98 cm chest?", "Is the Drizzle waterproof?", "Ember jacket size?"),
        "With 94–101 cm take M. Between two sizes take the larger one for a shell, the smaller one for down.",
        "I have very long arms, does that still hold?",
        ("Take the long cut then, it has 5 cm more in the sleeves.",),
    ),
    PastQuestion(
        "products",
        "products/boot-sizes",
        ("Do the Scree boots run small?", "Which size of Scree Mid for wide feet?"),
        "Take half a size more than in street shoes. The Scree Mid and Low are also made in wide.",
        "I had size 43 in the old model, and now?",
        ("The new last is 3 mm shorter, so 43.5 it is. Send it back free of charge if not.",),
    ),
    PastQuestion(
        "products",
        "products/sleeping-bags-and-mats",
        ("Which sleeping bag for 0 degrees?", "Is the Hollow Three warm enough for October in the Alps?"),
        "Go by the comfort temperature: Hollow Three 3 °C, Hollow Frost −5 °C. If you feel the cold easily, add 4 "
        "degrees.",
        "We sleep at 2,400 m in a tent, so which one?",
        ("At that height take the Frost, with the Drift mat beneath it.",),
    ),
    PastQuestion(
        "repairs",
        "repairs/warranty",
        ("The zip of my {item} failed, is that warranty?", "How long is the warranty on the {item}?"),
        "Backpacks and tents have 5 years, jackets and sleeping bags 3, everything else 2. It covers faults of "
        "material and making, not wear.",
        "So is a torn zip wear or a fault?",
        (
            "From the photo that is a fault. Here is a free label for the workshop.",
            "The teeth are worn down, so it is a repair at €29. Shall I book it?",
        ),
    ),
    PastQuestion(
        "repairs",
        "repairs/repair-service",
        (
            "What does a repair of the {item} cost?",
            "Can you resole my Scree boots?",
            "tear in my {item}, can you fix it?",
        ),
        "Zip €29, tear patched €15, boots resoled €79. It takes about 10 working days.",
        "The tear is right at the seam, 20 cm long.",
        (
            "That needs a new panel, €45. The workshop sends you a picture before they start.",
            "Yuki from the workshop says it can be sewn for €22.",
        ),
    ),
    PastQuestion(
        "repairs",
        "repairs/washing-and-waterproofing",
        ("My {item} lets water through", "How do I wash the Ember jacket?"),
        "Wash at 30 °C without softener, rinse twice, and tumble dry at low heat for 20 minutes: warmth brings the "
        "water repellency back.",
        "I did all that and it still leaks at the shoulder.",
        ("Then the tape has come off there. Send it in, that is a warranty case.",),
    ),
)

FOR_PEOPLE = (
    PeopleQuestion(
        "orders",
        ("Could you put a note into {order} that it is a present?", "Can I combine two orders into one parcel?"),
        ("Done, with a card in it.", "I have merged them; both come in one parcel."),
    ),
    PeopleQuestion(
        "delivery",
        ("Can you deliver to our hut at 1,900 m with the material lift?", "Customs asks me for money for {order}"),
        ("Only to the valley station, which I have entered.", "That is our mistake; refuse it, I send it again."),
    ),
    PeopleQuestion(
        "returns",
        ("I sent back the wrong {item}, it was my own one!", "My return label shows somebody else's name"),
        ("We found yours in the returns hall, it comes back to you.", "Here is a new label, throw the other one away."),
    ),
    PeopleQuestion(
        "payments",
        ("Please send the invoice of {order} to our club's treasurer", "Can our school order on account?"),
        ("Sent, with the club's name on it.", "I have set up an account for the school; you get the terms by email."),
    ),
    PeopleQuestion(
        "products",
        ("Will there be a Tarn 4?", "Can you hold two {item} for our group until Saturday?"),
        ("Not this year. I can tell you when there is news.", "They are held until Saturday evening."),
    ),
    PeopleQuestion(
        "repairs",
        ("A mouse ate a hole into my {item}, what now?", "Where is my repair? I sent it five weeks ago"),
        ("Send me a photo; holes like that are patched for €15.", "It is on the bench today and leaves tomorrow."),
    ),
)

COMMENTS = {
    5: ("Quick and clear.", "Great service!", "Solved in a minute.", "Very kind."),
    4: ("Good, took a little while.", "Helpful."),
    3: ("Okay.", "I had to ask twice."),
    2: ("Too slow.", "The first answer missed the point."),
    1: ("Did not answer my question.", "I had to explain everything again."),
}

HANDED_OVER = "I am passing this on to a colleague, who will answer here."
