import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.edges import MAX_WIDENING, cut_at, widened

# Where a passage that begins at | splits something; each mark names what: | a word, # a number, ~ a character.
CUTS = [
    ("i|s u|n|a|b|l|e t|o", "a word"),
    ("d|o|n|’|t w|e", "an apostrophe joins"),
    ("V|a|r|g|a|'|s b|o|a|t", "the straight one too"),
    ("n|o|n|-|v|i|o|l|e|n|t", "so does a hyphen"),
    ("p|r|e- a|n|d --b|y", "but not one that nothing follows, nor a dash"),
    ("U|.|S. e|.|g. i|t", "and a stop between letters"),
    ("i|t e|n|d|s.N|e|x|t", "but not one that ends a sentence whose blank was lost"),
    ("s|o l|’e|a|u d|'o|r q|u|’i|l", "an elided article may be left out"),
    ("a|u|j|o|u|r|d|’|h|u|i", "but not what only looks like one"),
    ("i|l n|’|e|s|t p|a|s", "nor a denial"),
    ("p|a|r|l|i|a|-|\n|m|e|n|t", "a word that was divided at the end of a line"),
    ("p|a|r|l|i|a|\u00ad|m|e|n|t", "or might be"),
    ("f|o|o|_|b|a|r 3|D", "low lines and digits are of words"),
    ("@m|a|y|o|r (M|e|T|o|o)", "what stands before a name is not"),
    ("“W|e” (o|r)", "nor are marks and brackets"),
    ("м|о|й|-|д|о|м", "Cyrillic"),
    ("ό|χ|ι, ν|α|ι", "Greek"),
    ("ق|ا|ل ا|ل|و|ز|ي|ـ|ـ|ر", "Arabic, with a tatweel"),
    ('ב|י|ת|־|ס|פ|ר צ|ה|"|ל', "Hebrew: maqaf, and a quotation mark for gershayim"),
    ("저|는 김 장|관", "Korean has blanks"),
    ("市长说税会涨", "Chinese has none"),
    ("日本でテレビ", "nor has Japanese"),
    ("นายกร~ัฐมนตร~ี", "nor Thai"),
    ("l|e|f|t 1#5# #m#i#l#l#i#o#n p|e|o|p|l|e", "a number word"),
    ("c|o|s|t|s 2#.#5# #b#i#l#l#i#o#n", "decimals"),
    ("k|i|l|l|e|d 1#,#5#0#0 p|e|o|p|l|e", "grouping marks"),
    ("n|a −#1#2# #°#C v n|o|c|i", "degrees, and the Czech word for in"),
    ("o 1#2 w n|o|c|y 1#2# #V", "the Polish one, and volts"),
    (".#5# #p#e#r# #c#e#n#t (.#5) -#.#5", "a stop before them, too"),
    ("و ٫#٥# #م#ل#ي#و#ن", "in Arabic"),
    ("5# #t#h#o#u#s#a#n#d#s o|f", "a plural"),
    ("1#2#\u202f#5#0#0 c|o|u|r|o|n|n|e|s", "and blanks"),
    ("1#5# #3#0#0 p|e|o|p|l|e", "even plain ones, in groups of three"),
    ("i|n 2#0#1#9 p|e|o|p|l|e", "which no year is"),
    ("i|n 2#0#1#9 m|i|l|l|i|o|n|s", "nor has a year a number word"),
    ("a|t −#3 d|e|g|r|e|e|s", "a minus"),
    ("a|t -#3, +#4", "a hyphen for one"),
    ("o|f 1#0#–#1#5 c|a|r|s", "a range"),
    ("o|f 5#%#–#1#0#% r|i|s|e", "a range of shares"),
    ("o|f £#1#m#-#£#2#m a", "a range of sums"),
    ("v|o|n 5# #M#i#o.#–#1#0# #M#i#o.", "behind an abbreviation"),
    ("于 5#万#～#1#0#万 人", "in Chinese"),
    ("о|т 5# #м#л#н#–#1#0# #м#л#н л|о|д|о|к", "in Russian"),
    ("3#/#4 o|f", "a fraction"),
    ("a|t 1#0#:#3#0", "a time"),
    ("1#0#² a|n|d 2#½", "a power, a half"),
    ("i|s 5#% o|r 5# #% o|f", "a sign, after one blank too"),
    ("3# #p#e#r# #c#e#n#t o|f", "per cent in two words"),
    ("$#5 o|r €# #5", "money"),
    ("5# #€ n|o|w", "after the number, as most do"),
    ("5# #m#i#l# #m#i#l#l#o#n#e#s d|e", "one unit after another"),
    ("5# #k#m i|n", "a measure; but “in” is hardly ever inches"),
    ("u|m 3#,#5# #P#r#o#z#e#n#t", "German"),
    ("٣#٫#٥# #م#ل#ي#و#ن", "Arabic digits, decimal sign, million"),
    ("५# #क#र~ो#ड~़ ", "Hindi: crore"),
    ("1#5#0#0#万人", "Chinese: ten thousand"),
    ("三#千#五#百#万人", "in characters"),
    ("百#分#之#五", "per cent stands before"),
    ("有数#十#万人, 几#百#万, 何#万人, 数#1#0#0#万", "some hundred thousand are not a hundred thousand"),
    (
        "有3#0#多#万人, 一#百#余#万, 十#几#亿, 3#0#数#万人, 百#数#十人",
        "nor is what is more than thirty thousands thirty",
    ),
    ("二#○#○#五年", "a circle for a zero"),
    ("有三#分#之#二, 3#分#の#2, 3#분#의# #2", "two thirds"),
    ("有两#成#五, 2#割#5分, 5#成人, 8成为", "a quarter in tenths; a half of people, but not what becomes"),
    ("気温は-#5#度, 为－#3#%, 是–#3#%, ลด-#5# #%", "a hyphen is a sign where nothing else could be before it"),
    ("5# #m#i#l#l#o#n#e#s# #y# #m#e#d#i#o d|e", "and a half"),
    ("5# #b#u#ç#u#k# #m#i#l#y#o#n k|i|ş|i, 2# #с# #п#о#л#о#в#и#н#о#й р|а|з|а", "before the number word, too"),
    ("٢# #م#ل#ي#و#ن# #و#ن#ص#ف, ۵# #و# #ن#ی#م, 2# #ו#ח#צ#י", "in Arabic, Persian and Hebrew"),
    ("स~ा#ढ~़~े# #3# #ल~ा#ख, u|m h#a#l#b# #5", "half more, and half an hour less"),
    (
        "5# #b#i#n# #3#0#0 k|i|ş|i, 5# #m#i#l# #3#0#0 p|e|s|o|s, 5# #b#i#n. 3#0",
        "hundreds behind a thousand, in the same sentence",
    ),
    ("w|a|t|u e#l#f#u# #5, d#u#b#u# #5", "a number word before its number, in Swahili and Hausa"),
    ("1#0#⁻#³, 3# #:# #1, 1# #/# #3", "a negative power, a score and a fraction with blanks"),
    ("u|n|\u200b|a|b|l|e, 불|\u200b|가|능", "a word with a blank inside that nobody sees"),
    ("あと3#㌔先 5#㎏", "units in one square"),
    ("5#,#– e|u|r|o|s 5#.#- d", "a dash for no cents"),
    ("y#ü#z#d#e# #1#5", "in Turkish too"),
    ("m#i#n#u#s# #3", "a sign in words"),
    ("b|y -# #3# #p#e#r#c#e#n#t", "a hyphen alone is a sign before what may be negative"),
    ("u|m –# #5#,#3# #P#r#o#z#e#n#t", "so is a short dash, in German"),
    ("d|e -# #2#,#5# #% e|n m|a|i", "in French"),
    ("ا|ن|خ|ف|ض -# #٣# #ف#ي# #ا#ل#م#ئ#ة", "in Arabic"),
    ("l|i|s|t - 3 p|e|o|p|l|e", "but no sign before people"),
    ("u|p - 3# #p#e#r#c#e#n#t i|n M|a|y - a|n|d", "nor where two dashes enclose an insertion"),
    ("−# #3 c|a|r|s ≈# #5 <# #6", "mathematical signs bind over a blank"),
    ("3# #–# #4 g|o|a|l|s", "a range with blanks"),
    ("2#0#1#9 – 3 y|e|a|r|s", "which a year is not a part of"),
    ("2#0#1#9# #–# #2#0#2#1", "unless it ranges to one"),
    ("3# #1#/#2 o|r 2# #½ c|u|p|s", "a mixed fraction"),
    ("2# #c#r#o#r#e# #5#0# #l#a#k#h", "a number in two parts"),
    ("3#조# #5#천#억", "in Korean too"),
    ("2# #क#र~ो#ड~़# #5#0# #ल~ा#ख", "and in Hindi"),
    ("5# #k#m#/#h, €/k|g, 5# #€#/#k#g", "a unit for each of another"),
    ("1#0#^#6 a|n|d 5# #×# #1#0", "powers and products"),
    ("t|o $#5, R#$# #5, U#S#$# #5", "money with letters"),
    ("t|h|e U|S 5 t|i|m|e|s", "which are no money alone"),
    ("R#s#.# #5#0#0", "an abbreviation with its stop"),
    ("%# #5#0 a|r|t|ı|ş", "per cent stands first in Turkish"),
    ("5# #z#ł, 5# #K#č, 5# #р#у#б", "abbreviations of money"),
    ("u|p 5# #p#o#i#n#t#s# #d#e# #p#o#u#r#c#e#n#t#a#g#e e|n", "a unit of three words"),
    ("d|e 5# #p#u#n#t#o#s# #p#o#r#c#e#n#t#u#a#l#e#s e|n", "of two, in Spanish"),
    ("н|а 5# #п#.#п. в|ы|ш|е, 5# #п#.# #п.", "with stops inside, and a blank between"),
    ("b|y 5# #p#.#p. m|o|r|e", "in Latin"),
    ("s|i|n|d 5# #v#.# #H. d|e|r", "of German statisticians"),
    ("u|m 5# #P#r#o#z#e#n#t#p#u#n#k#t#e", "a compound"),
    ("n|a 5# #p#r#o#c#e#n#t#n#í#c#h# #b#o#d#ů", "in Czech"),
    ("5# #s#z#á#z#a#l#é#k#k#a#l n|ő|t|t", "a declined one, in Hungarian"),
    ("5# #м#и#л#л#и#о#н#а#м л|ю|д|е|й", "in Russian"),
    ("5# #π#ο#σ#ο#σ#τ#ι#α#ί#ε#ς# #μ#ο#ν#ά#δ#ε#ς", "in Greek"),
    ("٥# #ن#ق#ا#ط# #م#ئ#و#ي#ة", "in Arabic"),
    ("5# #n#g#h#ì#n# #t#ỷ đ|ồ|n|g", "two number words, in Vietnamese"),
    ("5#万#亿#元 人", "three units, in Chinese"),
    ("5#%#-#P#u#n#k#t#e, 5#%#i#g#e, 5# #%# #p#o#i#n#t#s", "points and endings after a sign"),
    ("a|t 5# #p#.#m. o|n, 5#0#0# #v#.# #C#h#r.", "the half of the day, and the era"),
    ("y#ü#z#d#e# #5|'|l|i|k 5|’|i", "endings that Turkish writes on"),
    ("v|u|o|n|n|a 5|:|n", "and Finnish"),
    ("a|t 5: t|h|e", "but not after a blank"),
    ("u|n|–|A|m|e|r|i|c|a|n o|n|e —n|o", "a short dash for a hyphen, but no long one"),
    ("o|f K#S#h# #5# #m#i#l#l#i#o#n", "a currency in letters"),
    ("R#s#.# #5# #c#r#o#r#e, R#$# #5# #m#i#l", "Indian, and Brazilian"),
    ("C#H#F# #5# #M#i#o., E#T#B# #5", "codes"),
    ("A|l|l 5 t|r|y, A|L|L 5 t|o|p", "which only capitals are, and not those that are words"),
    ("１#，#５#０#０人", "full-width digits"),
    ("1#5# #ล~้#า#น", "Thai: million"),
    ("👍~🏽 👩~\u200d~👩 🇫~🇷🇩~🇪", "a skin tone, a family, two flags"),
    ("c|a|f|e~\u0301", "an accent of its own"),
    ("क~\u094d~ष|म~ा", "a conjunct of Devanagari"),
    ("\u1112~\u1161~\u11ab", "jamo of one syllable"),
    ("a~\u0301~\u0302", "and its end"),
    ("x\r~\ny", "the two code points of one line end"),
]


def marked(text: str) -> str:
    sign = {"word": "|", "number": "#", "character": "~", "": ""}
    return "".join(sign[cut_at(text, at, begins=True)] + char for at, char in enumerate(text))


@pytest.mark.parametrize(("marks", "reason"), CUTS, ids=[row[1] for row in CUTS])
def test_what_a_passage_splits_that_begins_here(marks, reason):
    assert marked(re.sub("[|~#]", "", marks)) == marks, reason


@pytest.mark.parametrize(
    ("text", "inner", "expected", "reason"),
    [
        ("he is unable to pay", "able to p", "unable to pay", "whole words"),
        ("it left 15 million homeless", "5 million", "15 million", "the whole number"),
        ("it left 15 million homeless", "left 15", "left 15 million", "with its number word"),
        ("it was −3 percent", "3", "−3 percent", "with its sign and unit"),
        ("dit l’eau", "au", "eau", "no further than the article"),
        ("о нерешительности", "решительности", "нерешительности", "Cyrillic"),
        ("vote 👍🏽 now", "vote 👍", "vote 👍🏽", "the whole sign"),
        ("价格是三千五百万元", "五百", "三千五百万", "Chinese figures"),
        ("a whole one", "whole", "whole", "what splits nothing stays"),
    ],
)
def test_it_widens_a_passage(text, inner, expected, reason):
    start = text.index(inner)
    found = widened(text, start, start + len(inner))
    assert found and text[slice(*found)] == expected, reason


def test_it_widens_only_so_far():
    assert widened("a" * 3 * MAX_WIDENING, MAX_WIDENING + 1, 2 * MAX_WIDENING) is None


@given(st.text(st.sampled_from("aé한क्\u0301👍🏽🇫\u200d -’.5٣,%€ \n中"), max_size=40), st.data())
def test_what_is_widened_splits_nothing_and_no_less_does(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = widened(text, start, end)
    assert found and found[0] <= start and end <= found[1]
    assert not cut_at(text, found[0], begins=True) and not cut_at(text, found[1], begins=False)
    assert all(cut_at(text, at, begins=True) for at in range(found[0] + 1, start + 1))
    assert all(cut_at(text, at, begins=False) for at in range(end, found[1]))


@pytest.mark.parametrize("row", ["a", "🇫", "\u0301", "5", "5 ", "555 ", "5.", "百", "-", "👩\u200d", "a-\n"])
def test_an_edge_costs_the_same_in_any_text(row):
    text = row * (200_000 // len(row))
    started = time.process_time()
    for at in range(0, len(text), 100):
        cut_at(text, at, begins=True)
    # 2,000 edges: were the whole row looked at, these would take minutes.
    assert time.process_time() - started < 2
