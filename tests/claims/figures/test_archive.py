import io
import zipfile

from claims.figures.archive import zipped


def test_it_is_a_zip_file_that_says_the_same_each_time():
    files = [("a.csv", ["one,", "two\r\n"]), ("ünï.md", ["# Ünï"]), ("empty.csv", [])]
    made = b"".join(zipped(files))
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert archive.testzip() is None
    assert {name: archive.read(name).decode() for name in archive.namelist()} == {
        "a.csv": "one,two\r\n",
        "ünï.md": "# Ünï",
        "empty.csv": "",
    }
    assert b"".join(zipped(files)) == made


def test_it_is_sent_while_it_is_made():
    sent = 0

    def long_file():
        for number in range(200_000):
            yield f"{number},{number * 7919}\r\n"
        assert sent > 500_000, "when its last line is made, nearly all of it has been sent"

    for piece in zipped([("long.csv", long_file())]):
        sent += len(piece)
