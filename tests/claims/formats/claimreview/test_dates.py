import pytest

from claims.formats.claimreview.dates import NoDate, read_date


@pytest.mark.parametrize(
    ("written", "expected", "reason"),
    [
        ("2020", "2020", "a year"),
        ("2020-03", "2020-03", "a month"),
        ("2020-03-05", "2020-03-05", "a day"),
        ("2020-3-5", "2020-03-05", "without zeros"),
        ("20200305", "2020-03-05", "the basic form of ISO 8601"),
        ("20200305T101500Z", "2020-03-05", "with a time"),
        ("2020-W10-4", "2020-03-05", "a day of a week"),
        ("2020-03-05+01:00", "2020-03-05", "a date with a zone (xsd:date)"),
        ("2020-03-05Z", "2020-03-05", "in UTC"),
        ("2020-03-05T23:30:00-08:00", "2020-03-05", "the day in its own zone"),
        ("2020-03-05 10:15:00.000000", "2020-03-05", "a blank in the place of T"),
        ("2020/03/05", "2020-03-05", "slashes, the year first"),
        ("2020.03.05", "2020-03-05", "stops, the year first"),
        ("Thu, 05 Mar 2020 10:00:00 +0000", "2020-03-05", "RFC 2822"),
        ("Thu Mar 05 2020 10:00:00 GMT+0100 (CET)", "2020-03-05", "JavaScript"),
        ("Thu Mar 5 10:00:00 UTC 2020", "2020-03-05", "Java and Unix, with the year last"),
        ("10:15, 5 March 2020", "2020-03-05", "the time first"),
        ("5 mars 2020 à 10h30", "2020-03-05", "French, with a time"),
        ("March 5, 2020", "2020-03-05", "American"),
        ("Mar. 5th, 2020, 10:30 PM", "2020-03-05", "an ordinal and a time"),
        ("5th of March 2020 at 10:15", "2020-03-05", "British"),
        ("March 2020", "2020-03", "a month in words"),
        ("5. März 2020", "2020-03-05", "German"),
        ("Donnerstag, 5. März 2020, 10:15 Uhr", "2020-03-05", "German, with weekday and time"),
        ("1er mars 2020", "2020-03-01", "French"),
        ("jueves, 5 de marzo de 2020", "2020-03-05", "Spanish"),
        ("quinta-feira, 5 de março de 2020", "2020-03-05", "Portuguese"),
        ("5 marca 2020 r.", "2020-03-05", "Polish"),
        ("5 марта 2020 г.", "2020-03-05", "Russian"),
        ("2020年3月5日", "2020-03-05", "Chinese and Japanese"),
        ("2020년 3월 5일", "2020-03-05", "Korean"),
        ("2020. március 5.", "2020-03-05", "Hungarian"),
        ("2020.03.05.", "2020-03-05", "with its last stop"),
        ("13. 5. 2020", "2020-05-13", "Czech, with blanks"),
        ("5 Μαρτίου 2020", "2020-03-05", "Greek"),
        ("٥ مارس ٢٠٢٠", "2020-03-05", "Arabic, with its digits"),
        ("5 آذار 2020", "2020-03-05", "Arabic of the Levant"),
        ("5 במרץ 2020", "2020-03-05", "Hebrew"),
        ("५ मार्च २०२०", "2020-03-05", "Hindi"),
        ("5 มีนาคม 2020", "2020-03-05", "Thai"),
        ("ngày 5 tháng 3 năm 2020", "2020-03-05", "Vietnamese"),
        ("2020年3月5日(木)", "2020-03-05", "a weekday in brackets"),
        ("2020年3月5日（木） 10時30分", "2020-03-05", "in wide ones, with a time"),
        ("2020年3月5日 星期四", "2020-03-05", "a weekday in Chinese"),
        ("週四, 2020/3/5", "2020-03-05", "before figures"),
        ("2020년 3월 5일 목요일 오전 10:15", "2020-03-05", "in Korean, with a time"),
        ("２０２０年３月５日", "2020-03-05", "wide figures"),
        ("二〇二〇年十二月二十五日", "2020-12-25", "figures in characters"),
        ("令和2年3月5日", "2020-03-05", "an era of Japan"),
        ("民國109年3月5日", "2020-03-05", "the era of Taiwan"),
        ("jue 5 mar 2020", "2020-03-05", "Spanish, abbreviated"),
        ("mar 3 mar 2020", "2020-03-03", "where mar is Tuesday and March"),
        ("mar 4 ago 2020", "2020-08-04", "and here Tuesday"),
        ("Thu 03/05/2020", "2020-03-05", "only the fifth of March is a Thursday"),
        ("2020. március 5., csütörtök", "2020-03-05", "Hungarian, with a weekday"),
        ("torstaina 5. maaliskuuta 2020 klo 10.15", "2020-03-05", "Finnish, with weekday and time"),
        ("5 Mart 2020 Perşembe", "2020-03-05", "Turkish"),
        ("2020 m. kovo 5 d., ketvirtadienis", "2020-03-05", "Lithuanian"),
        ("четверг, 5 марта 2020 г., 10:15", "2020-03-05", "Russian"),
        ("Πέμπτη 5 Μαρτίου 2020", "2020-03-05", "Greek"),
        ("الخميس، ٥ مارس ٢٠٢٠ - ١٠:١٥ ص", "2020-03-05", "Arabic"),
        ("5 كانون الثاني 2020", "2020-01-05", "a month of two words"),
        ("پنجشنبه ۵ مارس ۲۰۲۰", "2020-03-05", "Persian"),
        ("יום חמישי, 5 במרץ 2020", "2020-03-05", "Hebrew"),
        ("गुरुवार, 5 मार्च 2020", "2020-03-05", "Hindi"),
        ("วันพฤหัสบดีที่ 5 มี.ค. 2020", "2020-03-05", "Thai"),
        ("Thứ Năm, ngày 5 tháng 3 năm 2020", "2020-03-05", "Vietnamese"),
        ("Alhamisi, 5 Machi 2020", "2020-03-05", "Swahili"),
        ("١٣/٠٣/٢٠٢٠", "2020-03-13", "Arabic figures alone"),
        ("13/05/2020", "2020-05-13", "there is no thirteenth month"),
        ("05/13/2020", "2020-05-13", "the other way round"),
        ("05/05/2020", "2020-05-05", "the same both ways"),
        ("03/2020", "2020-03", "a month of a year"),
        ("3.2020", "2020-03", "with a stop"),
        ("Mar 2020", "2020-03", "in Spanish, also Tuesday: no weekday belongs to a month"),
        ("March 6th, 2020", "2020-03-06", "a Friday: an ordinal's end is no Thursday"),
        ("Friday, 6th March 2020", "2020-03-06", "beside a weekday"),
        ("on 6 March 2020", "2020-03-06", "nor is “on” a Swedish Wednesday"),
        ("st, 4. 3. 2020", "2020-03-04", "while this is a Czech one"),
        ("2020年3月5日（木）", "2020-03-05", "the right weekday in Japanese"),
        ("thứ năm, 5 tháng 3 năm 2020", "2020-03-05", "in Vietnamese"),
        ("2999-12-31", "2999-12-31", "the last year"),
        ("0001-01-01T00:00:00", "", "a program's null"),
        ("0000-00-00 00:00:00", "", "a database's null"),
        ("1970-01-01T00:00:00Z", "", "and that of a clock"),
        ("", "", "nothing"),
    ],
)
def test_what_can_mean_one_day_only(written, expected, reason):
    assert read_date(written) == expected


@pytest.mark.parametrize(
    ("written", "sentence", "reason"),
    [
        ("03/05/2020", "In “03/05/2020”, day and month cannot be told apart: write 2020-MM-DD.", "slashes"),
        ("Mon 03/05/2020", "In “Mon 03/05/2020”, day and month cannot be told apart: write 2020-MM-DD.", "no Monday"),
        ("mar 5 ago 2020", "“mar 5 ago 2020” cannot be read as a date: write YYYY-MM-DD.", "no Tuesday"),
        ("3.5.2020", "In “3.5.2020”, day and month cannot be told apart: write 2020-MM-DD.", "stops"),
        ("05/03/20", "“05/03/20” cannot be read as a date: write YYYY-MM-DD.", "a year of two digits"),
        ("listopada 2020", "“listopada 2020” cannot be read as a date: write YYYY-MM-DD.", "October or November"),
        ("before 5 March 2020", "“before 5 March 2020” cannot be read as a date: write YYYY-MM-DD.", "no day"),
        ("5-6 March 2020", "“5-6 March 2020” cannot be read as a date: write YYYY-MM-DD.", "two days"),
        ("1583366400", "“1583366400” cannot be read as a date: write YYYY-MM-DD.", "seconds"),
        ("yesterday", "“yesterday” cannot be read as a date: write YYYY-MM-DD.", "words"),
        ("2019-02-30", "“2019-02-30” is not a day of the calendar.", "no such day"),
        (
            "2563-03-05",
            "“2563-03-05” may be of another calendar: write YYYY-MM-DD of the Gregorian one.",
            "the Thai one",
        ),
        (
            "1398/12/15",
            "“1398/12/15” may be of another calendar: write YYYY-MM-DD of the Gregorian one.",
            "the Persian one",
        ),
        (
            "Sat, 5 Mar 2020 10:00:00 GMT",
            "“Sat, 5 Mar 2020” contradicts itself: that day is another weekday.",
            "a Thursday",
        ),
        (
            "samedi 05.03.2020",
            "In “samedi 05.03.2020”, day and month cannot be told apart: write 2020-MM-DD.",
            "neither",
        ),
        (
            "2020年3月5日(日)",
            "“2020年3月5日(日)” contradicts itself: that day is another weekday.",
            "a Thursday, with the day of the week in brackets",
        ),
        ("Sun 25/03/2020", "“Sun 25/03/2020” contradicts itself: that day is another weekday.", "a Wednesday"),
        (
            "Thursday, March 6th, 2020",
            "“Thursday, March 6th, 2020” contradicts itself: that day is another weekday.",
            "a Friday",
        ),
        ("2020年3月5日（金）", "“2020年3月5日(金)” contradicts itself: that day is another weekday.", "in Japanese"),
        (
            "2020년 3월 5일 금요일",
            "“2020년 3월 5일 금요일” contradicts itself: that day is another weekday.",
            "in Korean",
        ),
        (
            "thứ sáu, 5 tháng 3 năm 2020",
            "“thứ sáu, 5 tháng 3 năm 2020” contradicts itself: that day is another weekday.",
            "in Vietnamese",
        ),
        (
            "on 03/06/2020",
            "In “on 03/06/2020”, day and month cannot be told apart: write 2020-MM-DD.",
            "a joining word",
        ),
        ("mar 05/2020", "“mar 05/2020” cannot be read as a date: write YYYY-MM-DD.", "a day or a month"),
        ("sat 2020", "“sat 2020” cannot be read as a date: write YYYY-MM-DD.", "a weekday of a year"),
        ("13/2020", "“13/2020” cannot be read as a date: write YYYY-MM-DD.", "no month"),
        ("2020-13-05", "“2020-13-05” is not a day of the calendar.", "no such month"),
    ],
)
def test_what_may_mean_several_days_or_none(written, sentence, reason):
    with pytest.raises(NoDate) as refused:
        read_date(written)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("written", ["0999-12-31", "3000-01-01", "5 March 3020"])
def test_a_year_that_cannot_be_right(written):
    with pytest.raises(ValueError, match=r"cannot be right: years go from 1000 to 2999\.") as refused:
        read_date(written)
    assert not isinstance(refused.value, NoDate)
