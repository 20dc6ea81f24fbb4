"""HTML, PDF, Word and text become the same Markdown documents, and what is broken is named in a line."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from bot.knowledge import documents
from bot.knowledge.documents import Document, Reading, Same, Unread
from bot.knowledge.documents.bounded import Bounded
from bot.knowledge.documents.document import Unreadable
from bot.knowledge.documents.formats import Format, Given

PAGE = """<!doctype html><html lang="de-AT"><head><title>Rückgabe – Hilfe</title>
<meta name="baton:audience" content="internal"><meta name="baton:valid-until" content="2027-01-31">
<script>var secret = 1</script></head><body>
<header>Shop</header><nav><a href="/">Home</a></nav>
<main><h1>Rückgabe</h1><p>Innerhalb von <b>30 Tagen</b>, siehe <a href="/agb">AGB</a>.</p>
<p style="display: none">unseen words</p><h2>Kosten</h2><table><tr><td>EU</td><td>frei</td></tr></table></main>
<footer>Impressum</footer></body></html>"""


def one(path: Path) -> Document:
    (found,) = documents.read_all(path)
    assert isinstance(found, Document), found
    return found


def why(path: Path) -> str:
    (found,) = documents.read_all(path)
    assert isinstance(found, Unread), found
    return found.why


def pdf(*pages: str, bookmarks: bool = False) -> FPDF:
    file = FPDF()
    file.set_font("helvetica", size=12)
    for number, text in enumerate(pages, start=1):
        file.add_page()
        if bookmarks:
            file.start_section(f"Part {number}")
        file.multi_cell(0, 8, f"Northpeak handbook\n{text}\n{number}")
    return file


def test_a_page_gives_its_article_alone(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    found = one(tmp_path / "a.html")
    assert (found.title, found.language, found.audience) == ("Rückgabe", "de", "internal")
    assert found.valid_until is not None
    assert "Innerhalb von **30 Tagen**, siehe AGB." in found.body
    assert "## Kosten" in found.body
    assert "| EU | frei |" in found.body
    for left_out in ("Shop", "Home", "Impressum", "secret", "unseen"):
        assert left_out not in found.body


def test_a_page_without_main_loses_what_stands_around_its_text(tmp_path: Path) -> None:
    around = """<a class="skip-link" href="#x">Skip to content</a>
        <div id="onetrust-consent-sdk"><p>We use cookies.</p><button>Accept</button></div>
        <ol class="breadcrumb"><li>Help</li><li>Orders</li></ol><div class='newsletter signup'>Subscribe now</div>"""
    text = "<h1>Orders</h1><p>You can &auml;ndern an order for 2&nbsp;hours &amp; cancel it until it is packed.</p>" * 3
    (tmp_path / "a.html").write_text(f"<body>{around}<div class=content>{text}", encoding="utf-8")
    found = one(tmp_path / "a.html")
    assert found.title == "Orders"
    assert "ändern an order for 2\u00a0hours & cancel" in found.body
    for left_out in ("Skip", "cookies", "Accept", "Help", "Subscribe"):
        assert left_out not in found.body
    (tmp_path / "b.html").write_text("<body><div class=cookie-policy><h1>Cookies</h1><p>We set two.</p></div>")
    assert "We set two." in one(tmp_path / "b.html").body


@pytest.mark.parametrize("charset", ["latin-1", "utf-8", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_has(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.html").write_bytes("<html><body><p>Größe und Länge</p></body></html>".encode(charset))
    assert one(tmp_path / "a.html").body == "Größe und Länge"


def test_a_page_in_a_broken_encoding_or_without_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b'<meta charset="utf-8"><p>' + b"\xff\xfe\xfa word " * 9)
    assert why(tmp_path / "a.html").startswith("its encoding cannot be told")
    (tmp_path / "a.html").write_text("<body><nav>Home</nav><div id=app></div></body>")
    assert "made by scripts" in why(tmp_path / "a.html")


def test_a_page_nested_without_end_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 20_000 + "x")
    assert "nested too deeply" in why(tmp_path / "a.html")


def test_a_word_document_keeps_its_headings_and_lists(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("Returns", level=0)
    file.add_heading("In the EU", level=1)
    file.add_paragraph("Within 30 days.")
    file.add_paragraph("Print the label", style="List Bullet")
    file.save(str(tmp_path / "a.docx"))
    found = one(tmp_path / "a.docx")
    assert found.title == "Returns"
    assert "# In the EU" in found.body
    assert "- Print the label" in found.body


def test_a_bad_word_document_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    assert why(path) == "damaged, or no Word document (.docx)"
    path.write_bytes(b"\xd0\xcf\x11\xe0 old")
    assert "save it as .docx" in why(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(3):
            bomb.writestr(f"word/{number}.xml", bytes(80_000_000))
    assert why(path) == "it unpacks to more than 200 MB"


def test_a_pdf_gives_its_text_under_its_bookmarks_without_running_heads(tmp_path: Path) -> None:
    pages = ["Returns take thirty days from delivery.", "Refunds arrive within five days.", "Exchanges are free."]
    pdf(*pages, bookmarks=True).output(str(tmp_path / "our-handbook.pdf"))
    found = one(tmp_path / "our-handbook.pdf")
    assert found.body == (
        "## Part 1\n\nReturns take thirty days from delivery.\n\n## Part 2\n\nRefunds arrive within five days.\n\n"
        "## Part 3\n\nExchanges are free."
    )


def test_a_bad_pdf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nbroken")
    assert why(path).startswith("damaged, or no PDF")
    file = FPDF()
    file.add_page()
    file.output(str(path))
    assert "OCR" in why(path)
    locked = pdf("Secret words of the handbook.")
    locked.set_encryption(owner_password="owner", user_password="user")
    locked.output(str(path))
    assert why(path).startswith("encrypted")


def test_text_has_its_first_line_as_its_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("How to return\n\nWithin 30 days.\n    Keep the label.")
    found = one(tmp_path / "a.txt")
    assert (found.title, found.body.strip()) == ("How to return", "Within 30 days.\n   Keep the label.")


def test_a_mixed_folder_is_read_whole_and_what_is_broken_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Boots\n\nWax.")
    (tmp_path / "b.html").write_text("<h1>Tents</h1><p>Dry.</p>")
    (tmp_path / "c.pdf").write_bytes(b"no pdf")
    (tmp_path / "d.txt").write_text("Stoves need gas.")
    (tmp_path / "e.md").write_bytes(b"x" * 50_000_000)
    (tmp_path / "~$a.docx").write_bytes(b"Word's own")
    found = list(documents.read_all(tmp_path))
    assert [each.key for each in found if isinstance(each, Document)] == ["a.md", "b.html", "d.txt"]
    assert [each.key for each in found if isinstance(each, Unread)] == ["c.pdf", "e.md"]


def test_the_same_bytes_are_not_parsed_again_unless_they_are_read_in_another_way(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    known = {"a.html": one(tmp_path / "a.html").fingerprint}
    assert list(documents.read_all(tmp_path, None, known)) == [Same("a.html")]
    (found,) = documents.read_all(tmp_path, Reading(topic="returns"), known)
    assert isinstance(found, Document)


def test_a_parser_that_never_ends_is_ended_and_the_next_document_is_read() -> None:
    with Bounded(patience=0.01) as parser:
        with pytest.raises(Unreadable, match="took longer"):
            parser.read(Given(Format.HTML, b"<p>x</p>" * 200_000))
        parser._patience = 30.0  # pyright: ignore[reportPrivateUsage]
        assert parser.read(Given(Format.HTML, b"<p>next</p>")).body == "next"


def test_a_parser_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_OPENAI_API_KEY", "sk-secret")
    with Bounded() as parser:
        parser.read(Given(Format.HTML, b"<p>x</p>"))
        process = parser._process  # pyright: ignore[reportPrivateUsage]
        assert process is not None
        assert b"sk-secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()


def test_a_pdf_that_unpacks_without_end_is_named(tmp_path: Path) -> None:
    import zlib

    packed = zlib.compress(bytes(600_000_000), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
    ]
    out, places = io.BytesIO(b"%PDF-1.7\n"), list[int]()
    out.seek(0, io.SEEK_END)
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    (tmp_path / "a.pdf").write_bytes(out.getvalue())
    assert why(tmp_path / "a.pdf")
