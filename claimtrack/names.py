"""Compare names: when two spellings are one name, when two names are alike, and which names stand for nobody.

There are two forms, because it would be a grave mistake to record what one person said under another's name:

- `identity` ignores only what nobody hears: case, the kinds of apostrophe, hyphen and quotation mark, invisible characters,
  spaces and full stops after initials, and the Unicode form. To an import, names of one identity are one speaker.
- `fold` also ignores accents, letters such as ø and ł, optional vowel marks, the two spellings of a Hindi nasal, hyphens, spaces in
  scripts that need none, titles before a full name ("Dr. Ann Hale"), and the order of "Hale, Ann". Search uses it, and so does the
  warning that two names may mean one person. It never decides that they do.

Both keep marks that make another letter in their script: the dakuten of kana (ガ is not カ), the viramas and vowel signs of
Indic scripts, the tone marks of Thai. They are Python functions, so that no query depends on the locale of the database.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from unicodedata import normalize

MAX_FORM = 600  # NFKC makes up to eighteen characters of one
# Default_Ignorable_Code_Point, control characters that are not white space, and the kashida, which only stretches a word.
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_SAME = str.maketrans(
    {
        # People type the acute and the grave accent as apostrophes. NFKC would make them combining marks after a space.
        **dict.fromkeys("`´ʹʻʼʽˈʼ‘’‚‛′‵❛❜ꞌ՚׳＇", "'"),
        **dict.fromkeys("“”„‟«»″‶❝❞〝〞״＂", '"'),
        **dict.fromkeys("‐‑‒–—―⁃−﹘﹣－־᐀", "-"),
        **dict.fromkeys("•‧∙⋅・･", "·"),
        # I is the capital of both ı and i, so a name in capitals does not say which.
        "ı": "i",
    }
)

# Marks that the scripts of Europe, Arabic and Hebrew put on a letter; the dakuten (U+3099) and Indic signs are not among them.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
# Separate letters that people write as another letter if their keyboard lacks them.
_ALIKE: dict[int, int | str | None] = {
    **str.maketrans("øłđðħŧŋəґғқңөұүһјٱىیېکةۀہ-·_/", "olddhtneггкноуухйايييكههه    ", "'\"ʾʿ"),
    ord("þ"): "th",
    ord("æ"): "ae",
    ord("œ"): "oe",
}
_SPACELESS = (
    "\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_NO_BLANK = re.compile(rf"(?<=[{_SPACELESS}]) (?=[{_SPACELESS}])|(?<=\b[^\W\d_]) (?=[^\W\d_]\b)")
# Spellings of one name in a script: the nasal of a Hindi syllable as a letter or as a dot, the dot below letters from other languages,
# and Abd al- in one word or two.
_SPELT = [
    (re.compile("[ङञणनम]्(?=[क-ह])|ँ"), "ं"),
    (re.compile("[\u093c\u0a3c]"), ""),
    (re.compile(r"\bعبد (?=ال)"), "عبد"),
]
# Titles and forms of address before at least two more words: "Dr. Dre" keeps its title.
_TITLE = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|mx|miss|sir|dame|herr|frau|mme|mlle|monsieur|madame|dott|dottssa|sr|sra|srta|dra|rev|hon"
    r"|господин|госпожа|г н|др|проф|κ|κα|δρ|د|السيد|السيده|الدكتور|الدكتوره|מר|גב|דר|श्री|श्रीमती|डॉ|ดร|นาย|นาง|นางสาว) )+(?=\S+ \S)"
    # Thai writes them without a blank.
    r"|^(?:นางสาว|นาย|นาง|ดร\.?|ศ\.|พล\.อ\.|พลเอก)(?=\S+ \S)"
)
_SUFFIXES = frozenset(
    ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mp", "mep", "esq"]
)  # after a comma, they follow the name
_FAMILY_FIRST = re.compile(f"[{_SPACELESS}]")
# A tone mark of Thai or Lao after the first part of the vowel am, where PDFs have it: the two look the same in either order.
_TONE_IN_AM = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])(?=[\u0e32\u0eb2])")
_WORD_END = re.compile(r"[^\s.'\"-]+$")
_ADDRESS = re.compile(
    r"(?:https?:)?//\S+|www\.\S+|mailto:\S+|[^\s@]+@[^\s@]+\.[^\s@]+|[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE
)
_QUALIFIED = re.compile(r"\s*[(\[（［].*[)\]）］]\s*$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@lru_cache(10_000)  # an import names the same few speakers and sources
def identity(name: str) -> str:
    """Return the form in which two spellings of one name are equal. It is empty if the name has no visible character.

    "J. K. O’Hara" and "J.K.  O'HARA" become "j k o'hara". "Müller" and "Muller" stay different.
    """
    if name.isascii():
        text = _UNSEEN.sub("", name).lower().replace("`", "'")
    else:
        text = name
        # NFKC may produce letters that fold again, so Unicode repeats the folding too (definition D147).
        for _ in range(3):
            text = normalize("NFKC", _UNSEEN.sub("", text.translate(_SAME)).casefold()).replace("i\u0307", "i")
        text = _TONE_IN_AM.sub(r"\2\1", text.translate(_SAME))
    if "." in text:
        # A mark behind a full stop meets the letter before it.
        text = normalize("NFC", _without_stops(text))
    return " ".join(text.split())


@lru_cache(10_000)
def fold(name: str) -> str:
    """Return the form in which two similar names are equal: "Søren O’Hára-Lee" becomes "soren ohara lee"."""
    folded = _folded(name)
    # A dropped character may put a full stop beside an initial, which the next round removes: "A».0" becomes "a 0".
    while (again := _folded(folded)) != folded:
        folded = again
    return folded


def _folded(name: str) -> str:
    text = _in_order(identity(name)).translate(_ALIKE)
    if not text.isascii():
        # NFC, so that kana and Hangul are the letters that people type.
        text = normalize("NFC", _MARKS.sub("", normalize("NFKD", text))).translate(_ALIKE)
        for spelt, one in _SPELT:
            text = spelt.sub(one, text)
    return _NO_BLANK.sub("", _TITLE.sub("", " ".join(text.split())))


def _in_order(name: str) -> str:
    """Put the family name of "hale, ann" last, except in scripts that write it first."""
    family, _, given = (part.strip() for part in name.partition(","))
    if not (family and given) or "," in given:
        return name
    if given in _SUFFIXES or _FAMILY_FIRST.match(family):
        return f"{family} {given}"
    return f"{given} {family}"


def fits(name: str) -> bool:
    """Whether both forms of the name fit into their columns."""
    return max(len(identity(name)), len(fold(name))) <= MAX_FORM


def is_name(text: str) -> bool:
    """Whether the text can be a name: it needs a letter or a digit that search keeps."""
    return any(char.isalnum() for char in fold(text))


def is_nobody(name: str) -> bool:
    """Whether the name stands for nobody: "N/A", "Unknown", "-", "Various sources", in the languages listed here."""
    # "Claimant: unknown" and "Unknown (Facebook)", but Anonymous (the collective) is somebody.
    labelled, unqualified = _bare(name.rpartition(":")[2]), _bare(_QUALIFIED.sub("", name))
    inner = {labelled} if unqualified.startswith("anon") else {labelled, unqualified}
    return _bare(name) in _NOBODY or not (inner - {""}).isdisjoint(_NOBODY)


def is_address(name: str) -> bool:
    """Whether the name is the address of a page or of a mailbox. A host alone may be the name of a firm (Quay.com)."""
    return bool(_ADDRESS.fullmatch(name.strip()))


def _without_stops(text: str) -> str:
    """Drop the full stops after initials and at the end of words. Those inside a word, as in an address, stay."""
    kept, *rest = text.split(".")
    for part in rest:
        before = _WORD_END.search(kept)
        if not part[:1].isalnum():
            kept += part
        elif before and sum(char.isalpha() for char in before[0]) == 1:
            kept += f" {part}"
        else:
            kept += f".{part}"
    return kept


def _bare(name: str) -> str:
    return _EDGES.sub("", fold(name))


# What forms and templates contain if no name is known, or several are. Names are compared with these in their folded form.
_PLACEHOLDERS = """
    n\\a | tbc | not avail. | not avail | keiner | Quelle nicht genannt | auteur non précisé | kilde ukendt | kilde ukjent | неизв.
    без автора | несколько источников | несколько человек | декілька джерел | 未署名 | 不特定多数 | ネット上 | 발언자 미상 | ไม่ระบุผู้พูด
    0 | 00 | 000 | false | true | test | n.d. | s/d | s/n | o. A. | unk | unk. | inconnu.e | desconhecido(a) | não identificado(a)
    no data | no info | no information | not identified | nicht zutreffend | nicht identifiziert | nieznany/a | nieznani sprawcy
    unbekannte Täter | unbekannter Täter | ismeretlen szerző | ismeretlen személy | необозначен | неустановленное лицо
    nepoznati autor | nepoznata osoba | neznámý autor | neznámy autor | tuntematon henkilö | okända | ukendt person | ukjent person
    autor necunoscut | persoană necunoscută | неизвестен автор | невідома особа | невядомы | naməlum | белгісіз | noma'lum | белгисиз
    үл мэдэгдэх | անհայտ | უცნობი | ezezaguna | descoñecido | desconegut | desconeguda | anònim | gan ainm | anaithnid | anhysbys
    নাম নেই | অজ্ঞাতপরিচয় | তথ্য নেই | தெரியாதவர் | பெயர் தெரியாதவர் | తెలియని వ్యక్తి | ಗೊತ್ತಿಲ್ಲ | ತಿಳಿದಿಲ್ಲ | അറിയില്ല | അജ്ഞാതൻ
    ગુમનામ | અજાણ્યું | ਅਗਿਆਤ | ଅଜ୍ଞାତ | අනන්‍යතාව නොදනී | अज्ञात व्यक्ति | माहिती नाही | थाहा छैन | نامعلوم فرد | نامعلوم ذریعہ | نامعلومه
    အမည်မဖော်လိုသူ | အမည်မသိသူ | ຄົນບໍ່ຮູ້ຈັກ | មិនបញ្ជាក់ឈ្មោះ | ไม่ปรากฏชื่อ | ไม่ปรากฏนาม | hindi alam | walang pangalan | ba a sani ba
    aimọ | amaghị | haifahamiki | የማይታወቅ | ያልታወቀ | lama garanayo | lama yaqaan
    not provided | not found | not mentioned | undisclosed | unknown unknown | claimant unknown | speaker unknown
    unnamed source | source: unknown | none none | multiple claimants | several claimants | various claimants | N. N.
    nicht bekannt | nicht angegeben | ungenannt | non communiqué | non disponible | sans nom | sin datos | sem nome
    non noto | senza nome | keine | niet van toepassing | brak informacji | nedostupné | nespecifikováno | ikke oplyst
    ikke angitt | ej angivet | ei tietoa | nem ismert | nincs adat | не установлено | не определено | невідомо хто | meçhul
    غير معلوم | معلوم نہیں | ज्ञात नहीं | पता नहीं | অজ্ঞাতনামা | అజ్ఞాత | அறியப்படாதவர் | അജ്ഞാതം | ಅಪರಿಚಿತ | અજ્ઞાત
    ਅਣਜਾਣ | නොදනී | 无名氏 | 無名氏 | 未提供 | 不知 | 不明確 | 未詳 | 詳細不明 | 모름 | ไม่มีชื่อ | ບໍ່ມີຊື່ | គ្មានឈ្មោះ | không rõ nguồn
    to be determined | not attributed | nameless | noname | et al. | etc. | xxx | inconnu(e) | desconocido/a | unbekannt(e)
    ohne Namen | ohne Namensangabe | u. a. | nie podano | nie wiadomo | не применимо | нет имени | δεν αναφέρεται | mevcut değil
    belirtilmemiş | adı bilinmiyor | غير متاح | لا ينطبق | غير مذكور | לא זמין | לא רלוונטי | उपलब्ध नहीं | लागू नहीं
    ไม่ทราบชื่อ | ไม่เปิดเผยชื่อ | ไม่มีข้อมูล | không biết | khuyết danh | không có thông tin | tidak tersedia | தெரியாது
    n/a | n.a. | na | nil | none | null | nan | undefined | unspecified | not specified | not stated | not given
    none given | no speaker | no claimant | no one | someone | somebody | unattributed | source unknown | person unknown
    author unknown | null null | undefined undefined | object object | ref | value
    not available | not applicable | not known | no name | no author | name | author | speaker | claimant | nobody
    unknown | unknown person | unknown source | unknown speaker | unknown author | unknown claimant | unidentified | unnamed
    anonymous | anon | anonymous source | anonymous user | user | admin | administrator | tba | tbd | other | others
    various | various sources | various people | various authors | various speakers | multiple | multiple sources
    multiple people | multiple authors | multiple speakers | several | several sources | several people | many | many people
    unbekannt | unbekannte person | unbekannte quelle | anonym | k. A. | keine Angabe | ohne Angabe | niemand | diverse
    unbekannter Autor | unbekannte Autorin | Autor unbekannt | Quelle unbekannt | jemand | verschiedene
    verschiedene Quellen | mehrere | mehrere Quellen | mehrere Personen
    non identifié | non identifiée | non attribué | sans auteur | personne inconnue | inconnu | inconnue | source inconnue
    auteur inconnu | anonyme | non renseigné | non précisé | sans objet | aucun
    aucune | divers | diverses sources | plusieurs | plusieurs sources | plusieurs personnes
    sin autor | sin identificar | no identificado | no identificada | varios autores | desconocido | desconocida
    fuente desconocida | autor desconocido | anónimo | anónima | sin nombre | sin especificar
    no disponible | no aplica | no consta | ninguno | ninguna | varios | varias | varias fuentes | varias personas
    não identificado | não identificada | sem autor | vários autores | desconhecido | desconhecida | anônimo | anônima
    autor desconhecido | fonte desconhecida | não informado
    não se aplica | não disponível | nenhum | nenhuma | vários | várias | diversos | diversas | várias fontes
    diversas fontes | várias pessoas
    sconosciuto | sconosciuta | ignoto | anonimo | anonima | non disponibile | non specificato | nessuno | autori vari
    varie fonti | fonti varie | diversi
    onbekend | onbekende bron | anoniem | niet bekend | n.v.t. | niemand | geen | diversen | meerdere | meerdere bronnen
    okänd | okänt | okänd källa | ukjent kilde | ukendt kilde | anonymt | óþekkt | óþekktur | okänd person | anonym källa
    saknas | flera | flera källor | ukendt | ukjent | flere | flere kilder | ingen | tuntematon
    nimetön | useita | ei tiedossa
    nieznany | nieznana | nieznane | nieznany autor | anonim | brak | brak danych | nie dotyczy | różni | różne | różne źródła
    neznámý | neznámá | neznámy | anonymní | různé | různí | neuvedeno | nepoznat | nepoznato | nepoznata | razni
    teadmata | tundmatu | nezināms | nav zināms | nežinoma | nežinomas | i panjohur | e panjohur | neznan | nepoznan
    ismeretlen | névtelen | necunoscut | necunoscută | diverși | diverse surse
    bilinmiyor | bilinmeyen | belirsiz | isimsiz | çeşitli | çeşitli kaynaklar | yok
    haijulikani | asiyejulikana | onbekende persoon | belum diketahui | tidak diketahui | tidak ada | berbagai
    berbagai sumber | anonim | hindi kilala | iba't iba
    không rõ | không xác định | không có | ẩn danh | nhiều nguồn | nhiều người
    неизвестно | неизвестный | неизвестная | неизвестен | неизвестный автор | неизвестный источник | аноним | анонимно
    анонимный источник | нет | нет данных | не указано | не указан | разные | разные источники | различные источники
    невідомо | невідомий | невідома | анонім | не вказано | різні | різні джерела
    неизвестни | неизвестна | непознат | разни
    άγνωστος | άγνωστη | άγνωστο | ανώνυμος | ανώνυμη | διάφοροι | διάφορες πηγές | κανένας
    غير معروفة | مجهولة | مصدر مجهول | غير معروف | مجهول | مجهول الهوية | غير محدد | غير متوفر | لا يوجد | لا أحد | متعدد
    مصادر متعددة | عدة مصادر
    نامعلوم | ناشناس | نامشخص | متعدد منابع | مختلف | نامعلوم شخص
    לא ידוע | לא ידועה | אלמוני | אלמונית | אנונימי | לא צוין | שונים | מקורות שונים
    अज्ञात | अनजान | अनाम | गुमनाम | विभिन्न | विभिन्न स्रोत | अनेक | कोई नहीं
    অজানা | অজ্ঞাত | বিভিন্ন | বিভিন্ন সূত্র | தெரியவில்லை | அறியப்படாத | பலர் | తెలియదు
    មិនស្គាល់ | មិនដឹង | ບໍ່ຮູ້ | ບໍ່ລະບຸ | မသိ | အမည်မသိ | នាមមិនស្គាល់
    ไม่ทราบ | ไม่ระบุ | ไม่ระบุชื่อ | นิรนาม | ไม่มี | หลายแหล่ง
    未知 | 不详 | 不詳 | 不明 | 佚名 | 匿名 | 匿名者 | 无 | 無 | 无名 | 無名 | 多人 | 多方 | 多个来源 | 多個來源 | 网络 | 網路
    作者不詳 | 無し | 不明なユーザー | 発信者不明 | なし | 該当なし | 該当者なし | 複数 | 作者不明 | 発言者不明 | 名無し | 情報なし
    暂无 | 暫無 | 無資料 | 无资料 | 不具名 | 不愿透露姓名 | 网传 | 網傳 | 情報なし | 投稿者不明 | 정보 없음 | 해당 없음 | 신원 미상
    미상 | 불명 | 익명 | 없음 | 알 수 없음 | 작자 미상 | 다수 | 여러 출처
"""
# An indefinite word with a general noun, in either order: "various persons", "auteur inconnu".
_INDEFINITE = """
    unknown unidentified unnamed anonymous various multiple several many some other different
        : person persons people individual individuals man woman user users account accounts author authors speaker speakers
    unbekannt unbekannte unbekannter anonym anonyme anonymer verschiedene mehrere viele diverse andere
        : Person Personen Nutzer Nutzerin Nutzerinnen User Konten Autor Autoren Autorin Sprecher Mann Frau Leute Quelle Quellen
    inconnu inconnue inconnus anonyme anonymes divers diverses plusieurs autres
        : personne personnes auteur auteurs utilisateur utilisateurs internaute internautes compte comptes source sources
    desconocido desconocida desconocidos anónimo anónima anónimos varios varias diversos múltiples muchos otros
        : persona personas autor autores usuario usuarios fuente fuentes cuenta cuentas
    desconhecido desconhecida anônimo anônima anônimos anónimo vários várias diversos diversas muitos outros
        : pessoa pessoas autor autores usuário usuários utilizadores fonte fontes perfis
    sconosciuto sconosciuta ignoto anonimo anonima anonimi vari varie diversi diverse molti altri
        : persona persone autore autori utente utenti fonte fonti profili
    onbekende anonieme verschillende meerdere diverse : persoon personen gebruiker gebruikers bron bronnen auteur auteurs
    nieznany nieznana nieznani anonimowy anonimowi różni różne wielu inni : osoba osoby osób autor autorzy użytkownik użytkownicy
    неизвестный неизвестная неизвестные анонимный анонимные разные различные многие другие
        : человек лицо люди автор авторы пользователь пользователи источник источники
    невідомий невідома невідомі анонімний анонімні різні : особа люди автор автори користувач користувачі джерело джерела
    άγνωστος άγνωστη άγνωστοι ανώνυμος ανώνυμοι διάφοροι διάφορες : άτομο άτομα χρήστης χρήστες συντάκτης πηγή πηγές πρόσωπα
    bilinmeyen kimliği belirsiz anonim çeşitli birçok bazı : kişi kişiler kullanıcı kullanıcılar kaynak kaynaklar yazar
    tidak diketahui anonim berbagai beberapa banyak : orang pengguna penulis sumber akun pihak
    مجهول مجهولة مجهولون عدة مختلف مختلفة متعددون : شخص أشخاص مستخدم مستخدمون مستخدمين مصدر مصادر كاتب حساب حسابات جهات
    אלמוני אנונימי אנונימיים שונים רבים : אדם אנשים משתמש משתמשים מקור מקורות
    अज्ञात अनजान गुमनाम विभिन्न कई अनेक : व्यक्ति लोग यूजर यूज़र यूजर्स उपयोगकर्ता लेखक स्रोत
    未知 不明 匿名 多名 多位 各方 若干 : 人士 用户 用戶 网友 網友 作者 来源 來源 人 者 ユーザー 投稿者 人物
    익명 익명의 여러 다수 다수의 신원미상 : 사람 사용자 이용자 작성자 출처 인물
    ẩn danh vô danh nhiều một số : người người dùng tài khoản tác giả nguồn
"""


def _combined(table: str) -> Iterator[str]:
    for line in table.replace("\n        :", " :").splitlines():
        indefinite, _, nouns = line.partition(":")
        for word, noun in product(indefinite.split(" "), nouns.split(" ")):
            if word.strip() and noun.strip():
                yield from (f"{word} {noun}", f"{noun} {word}")


_NOBODY = frozenset(_bare(name) for name in (*re.split(r"[|\n]", _PLACEHOLDERS), *_combined(_INDEFINITE))) | {""}
