"""Units, number words and signs that belong to a number, since without them it would be another number.

claims.text.edges uses one list for all languages, since a word of one language rarely follows a number in a text of another.
The list is sorted by language for those who extend it. Words are compared without case, and without the full stops of
abbreviations: "p p" stands for p.p. and p. p. Counted nouns (euros, people) are not units. Some units are left out because they
are everyday words in other languages: in, a, am, mi, s, k. So are the codes of currencies that capitals make of such a word: ALL,
CUP, TOP.
"""

# What follows a per cent sign, with a blank or hyphen between or without: percentage points.
POINTS = "points|point|pts|pt|Punkte|Punkten|Punkt|pp|p|puan|poin|yks|enheter|포인트|ポイント|пункта|пунктов|пункти|пунктів|п"

# ISO 4217, in capitals as there: before a number and after it.
CURRENCIES = (
    "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC"
    " CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR"
    " ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK"
    " MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE"
    " SLL SOS SRD SSP STN SYP SZL THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR"
    " ZMW ZWL ZWG"
)

# Right after a number, or after one blank.
UNITS = {
    "measures": "mm|cm|dm|m|km|m²|m2|km²|km2|m³|m3|sq m|sq km|sq ft|sq mi|ha|ml|cl|dl|l|hl|mg|g|kg|t|kt"
    "|Mt|Gt|oz|lb|lbs|ft|yd|mph|kph"
    "|km/h|m/s|kB|MB|GB|TB|PB|Mbit/s|Mbps|Gbps|Hz|kHz|MHz|GHz|W|kW|MW|GW|TW|Wh|kWh|MWh|GWh|TWh|V|kV|J|kJ"
    "|MJ|kcal|hPa|kPa|mSv|µm|nm|µg"
    "|ppm|ppb|min|h|hrs|pp|p p|bp|bps|dpi|dB|mmol|кг|км|см|мм|га|т|км/ч|кВт|МВт|ГВт",
    "times and eras": "a m|p m|pm|BCE|v Chr|n Chr|v u Z|av J|до н э|н э|до Р Х|п н э|π Χ|μ Χ|p n e",
    "money": "zł|Kč|kr|Ft|TL|лв|руб|грн|тг|сўм|дин|Rs|Fr|KSh|TSh|USh|Sh|FCFA|F CFA|CFA|Dhs|Dh|DH|KM|Bs|Br|원",
    "and a half": "and a half|and a quarter|and three quarters|et demi|et demie|et quart|y medio|y media|y cuarto|e meio|e meia|e mezzo"
    "|e mezza|i mig|i mitja|și jumătate|en een half|en een halve|und ein halb|och en halv|och ett halvt|og en halv|og et halvt"
    "|i pół|a půl|a pol|i pol|i po|и по|ja puoli|és fél|с половиной|з половиною|и половина|и пол|και μισό|και μισή|buçuk|yarım"
    "|ونصف|و نصف|وربع|و نیم|ونیم|וחצי|ורבע|و نصفه|rưỡi|setengah|at kalahati|na nusu",
    "English": "per cent|percent|pct|percentage points|percentage point|percent points|per cent points"
    "|pct pts|pct points"
    "|basis points|basis point|per mille|per mil|per thousand|hundred|thousand|thousands|million|billion"
    "|trillion|quadrillion"
    "|quintillion|dozen|score|lakh|lakhs|crore|crores|lac|cr|lakh crore|bn|mn|mln|mil|mio|tn|trn|bln|million million",
    "French": "pour cent|pour mille|points de pourcentage|point de pourcentage|points de pour cent"
    "|points de base|pts de pourcentage"
    "|pt de pourcentage|pts|mille|millier|milliers|million|millions|milliard|milliards|billion|billions"
    "|Md|Mds|Mrd|Mrds"
    "|M|douzaine|douzaines|dizaines|centaines",
    "German": "Prozent|Promille|Prozentpunkt|Prozentpunkte|Prozentpunkten|Prozentpunktes|Prozentpunkts"
    "|Prozents|Basispunkte"
    "|Basispunkten|Hundert|Tausend|Million|Millionen|Milliarde|Milliarden|Billion|Billionen|Billiarde"
    "|Billiarden|Trillion"
    "|Trillionen|Dutzend|Mio|Mrd|Mill|Md|Bio|Brd|Tsd|v H|vH|v T|vT|vom Hundert|vom Tausend|Proz",
    "Spanish": "por ciento|por cien|puntos porcentuales|punto porcentual|puntos de porcentaje"
    "|punto de porcentaje|puntos básicos"
    "|trillones|por mil|mil|millar|millares|millón|millones|billón|billones|mil millones|millardo"
    "|millardos|mdd|mdp|mmdd|M|MM",
    "Portuguese": "por cento|pontos percentuais|ponto percentual|pontos de percentagem"
    "|pontos de porcentagem|ponto de percentagem"
    "|ponto de porcentagem|pontos base|mil|milhar|milhares|milhão|milhões|bilhão|bilhões|biliões|bilião"
    "|mil milhões|trilhão"
    "|trilhões|mi|bi",
    "Italian": "per cento|punti percentuali|punto percentuale|punti di percentuale|punti base|bln"
    "|per mille|mila|milione|milioni"
    "|miliardo|miliardi|bilione|bilioni|mld|mln|migliaia",
    "Catalan, Galician, Basque": "per cent|punts percentuals|punt percentual|milió|milions|mil milions"
    "|puntos porcentuais|por cento"
    "|millóns|ehuneko puntu|puntu|mila|milioi|mila milioi",
    "Romanian, Albanian": "la sută|la mie|puncte procentuale|punct procentual|puncte de procent|de mii"
    "|de milioane|de miliarde|mii"
    "|milion|milioane|miliard|miliarde|mld|mil|për qind|pikë përqindjeje|përqind|mijë",
    "Dutch, Afrikaans": "procent|procentpunt|procentpunten|procentuele punten|procentpuntjes|triljoen"
    "|promille|honderd|duizend|miljoen"
    "|miljard|biljoen|mln|mrd|mld|persent|persentasiepunte",
    "Nordic": "procent|procentenhet|procentenheter|procentenheten|procentpoint|prosentpoeng|promille"
    "|prosent|prósent|prósentustig"
    "|prósentustiga|prósentustigum|hundra|tusen|tusind|þúsund|miljon|miljoner|miljard|miljarder|million"
    "|millioner|milliard|milliarder"
    "|biljon|biljoner|billion|billioner|mia|mio|mkr|mdr|mdkr|tkr|mrd|milj|milljón|milljónir|milljónum"
    "|milljarður|milljarðar|milljarða"
    "|milljarðum",
    "Polish, Czech, Slovak": "punkt procentowy|punkty procentowe|punktów procentowych|punktu procentowego"
    "|punktami procentowymi|pkt proc"
    "|pkt|p proc|proc|tys|mln|mld|bln|bilion|biliony|bilionów|procentní bod|procentní body"
    "|procentního bodu|procentních bodů"
    "|procentními body|procentných bodov|percentuálny bod|percentuálne body|percentuálneho bodu"
    "|percentuálnych bodov|p b|tis|mil"
    "|biliony|bilionů|biliónov|miliony|promile",
    "Hungarian, Baltic": "ezer|ezrelék|protsenti|procentpunkti|procentpunktu|procentinis punktas|procentinių punktų"
    "|procentinio punkto|tūkst|milj|mljrd|mljn|mlrd|miljardid",
    "South Slavic": "posto|odsto|postotnih bodova|postotni bod|postotna boda|postotnog boda"
    "|procentnih poena|procentna poena"
    "|procentni poen|odstotnih točk|odstotne točke|odstotna točka|odstotni točki|odstotno točko|на сто"
    "|на 100|процентни пункта"
    "|процентен пункт|процентни пункт|процентна поена|процентних поена|процентни поени|постотних поена"
    "|отсто|одсто|пр п|млрд|млн|хил|мил",
    "Russian, Ukrainian, Belarusian": "процентный пункт|процентных пункта|процентных пунктов"
    "|процентного пункта|процентным пунктам"
    "|процентными пунктами|проц пункта|проц пунктов|процентні пункти|процентних пункти|процентних пунктів"
    "|процентного пункту"
    "|відсоткові пункти|відсоткових пункти|відсоткових пунктів|відсоткового пункту|працэнтных пункта"
    "|працэнтных пунктаў|п п|в п|проц"
    "|тыс|тис|млн|млрд|трлн|трлрд|тонн|базисных пунктов",
    "Greek": "τοις εκατό|τοις εκατόν|τα εκατό|τοις χιλίοις|ποσοστιαία μονάδα|ποσοστιαίες μονάδες"
    "|ποσοστιαίων μονάδων|εκατοστιαίες μονάδες"
    "|μονάδες βάσης|χιλ|εκατ|εκ|δισ|δις|τρισ|τρις",
    "Turkish, Azerbaijani": "bin|bini|bine|binin|binlik|yüzde puan|puan|puanlık|mn|mlyr|min|faiz bəndi|mlrd",
    "Kazakh, Uzbek, Kyrgyz, Mongolian": "пайыз|пайыздық тармақ|мың|миң|пайыздык пункт|foiz|foiz punkt"
    "|ming|mln|mlrd|фоиз|минг|хувь|мянга"
    "|сая|тэрбум|нэгж хувь",
    "Arabic": "في المئة|في المائة|بالمئة|بالمائة|نقطة مئوية|نقاط مئوية|نقطة أساس|نقطة مئوية كاملة"
    "|نقطتين مئويتين|ألف|الف|آلاف|ألفا|ألفاً|مليون"
    "|ملايين|مليونا|مليوناً|مليونين|مليار|مليارا|ملياراً|مليارات|مليارين|بليون|تريليون|تريليونات|كم|كغ",
    "Hebrew": "אחוז|אחוזים|נקודות אחוז|נקודת אחוז|נקודות האחוז|אלף|אלפים|אלפי|מיליון|מיליוני|מיליונים"
    "|מיליארד|מיליארדי|מיליארדים|טריליון"
    '|ק"מ|ק״מ|ש"ח|ש״ח',
    "Persian, Pashto, Urdu": "درصد|واحد درصد|در صد|هزار|میلیون|میلیارد|تریلیون|سلنه|زره|ميليونه|فیصد"
    "|فیصدی|فی صد|فیصد پوائنٹس|ہزار|لاکھ|کروڑ|ارب"
    "|کھرب|ملین|بلین|ٹریلین",
    "Hindi, Marathi, Nepali": "प्रतिशत|प्रतिशत अंक|प्रतिशत अंकों|प्रतिशत पॉइंट|प्रतिशत बिंदु|फीसदी|फ़ीसदी"
    "|फीसद|टक्के|टक्का|टक्क्यांनी|टक्क्यांची|सौ|हजार|हज़ार"
    "|लाख|लाखों|करोड़|करोड|करोड़ों|कोटी|अरब|अर्ब|खरब|खर्ब|मिलियन|बिलियन",
    "Bengali, Assamese": "শতাংশ|শতাংশ পয়েন্ট|শতাংশীয় পয়েন্ট|ভাগ|হাজার|লাখ|লক্ষ|কোটি|মিলিয়ন|বিলিয়ন",
    "Gujarati, Punjabi, Odia": "ટકા|ટકાવારી પોઇન્ટ|સો|હજાર|લાખ|કરોડ|અબજ|ਫੀਸਦੀ|ਫ਼ੀਸਦੀ|ਪ੍ਰਤੀਸ਼ਤ|ਹਜ਼ਾਰ|ਲੱਖ"
    "|ਕਰੋੜ|ਅਰਬ|ପ୍ରତିଶତ|ହଜାର|ଲକ୍ଷ|କୋଟି",
    "Sinhala": "සියයට|ප්‍රතිශත|දහස්|දහසක්|ලක්ෂ|ලක්ෂයක්|මිලියන|බිලියන|කෝටි",
    "Indonesian, Malay, Filipino": "persen|poin persentase|poin persen|titik persentase|peratus"
    "|mata peratusan|ratus|ribu|rb|juta|jt|miliar"
    "|milyar|triliun|bilion|trilion|porsyento|porsiyento|percentage point|libo|milyon|bilyon|trilyon",
    "Vietnamese": "phần trăm|điểm phần trăm|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|nghìn tỷ|nghìn tỉ|ngàn tỷ|tr",
    "African": "elfu|laki|milioni|bilioni|trilioni|miliyan|biliyan|dubu|በመቶ|ፐርሰንት|ሺህ|ሺ|ሚሊዮን|ቢሊዮን"
    "|boqolkiiba|milyan|balyan",
    "Korean": "퍼센트|퍼센트포인트|퍼센트 포인트|포인트|프로|백|천|십만|백만|천만|만|십억|백억|천억|억|조",
}  # fmt: skip

# Beginnings of such words, in languages that decline them: процент for процентов and процентами.
STEMS = {
    "Germanic, Romance": "procentpun|prosentpoeng|procentenhet|milioan",
    "Polish, Czech, Slovak": "procent|percent|tysiąc|tysięc|tisíc|milion|milión|miliard|biliard",
    "South Slavic": "odstot|postot|tisuć|hiljad|tisoč|milijun|milijon|milijard|bilijun|bilijon|процент"
    "|проценат|хиляд|хиљад|илјад|милион"
    "|милиард|милијард|билион",
    "East Slavic": "тысяч|миллион|миллиард|триллион|відсот|тисяч|мільйон|мільярд|трильйон|працэнт|тысяч"
    "|мільён|мільярд|промилле",
    "Finnish, Estonian": "prosentt|prosenti|prosenttiyks|tuhat|tuhan|tuhans|miljoon|miljard|biljoon"
    "|protsen|protsent|miljon",
    "Hungarian": "százalék|milliárd|millió|billió|ezrelék",
    "Baltic": "procent|tūkstoš|tūkstan|miljon|miljard|milijon|milijard",
    "Greek": "εκατομμ|εκατομμύρ|δισεκατομμ|τρισεκατομμ|χιλιάδ|ποσοστιαί",
    "Turkic": "milyon|milyar|trilyon|миллион|миллиард|триллион|пайыз|million|milliard|trillion|foiz|faiz",
    "Armenian, Georgian": "տոկոս|հազար|միլիոն|միլիարդ|տրիլիոն|პროცენტ|ათას|მილიონ|მილიარდ|ტრილიონ",
    "Dravidian": "சதவீத|சதவிகித|விழுக்காடு|ஆயிர|லட்ச|கோடி|மில்லியன்|பில்லியன்|శాత|వేల|వేలు|లక్ష|కోట్ల"
    "|కోటి|మిలియన్|బిలియన్|ശതമാന|ആയിര|ലക്ഷ"
    "|കോടി|ദശലക്ഷ|ಶೇಕಡ|ಪ್ರತಿಶತ|ಸಾವಿರ|ಲಕ್ಷ|ಕೋಟಿ|ಮಿಲಿಯನ್",
}  # fmt: skip

# A thousand: further hundreds may follow as figures alone, as in 5 bin 300.
THOUSANDS = (
    "thousand|tausend|duizend|tusen|tusind|þúsund|mille|mil|mila|mii|mijë|tys|tis|tisíc|tysięcy|тыс|тысяч|тысячи|тысяча|тисяч|тисячі"
    "|хиляди|хил|хиљада|hiljada|tisuća|tisoč|ezer|tuhatta|tuhat|tūkst|bin|min|ming|мың|миң|минг|ribu|rb|libo|nghìn|ngàn|elfu|dubu"
    "|ألف|الف|آلاف|هزار|ہزار|زره|אלף|हजार|हज़ार|হাজার|હજાર|ਹਜ਼ਾਰ|ஆயிரம்|వేల|ಸಾವಿರ|ആയിരം|천|ሺህ|ሺ"
)

# In scripts without blanks, where nothing shows the end of a word.
UNITS_WITHOUT_BLANKS = {
    "Chinese": "成(?![为為立功员員长長果])|倍半"
    "|百分点|百分點|个百分点|個百分點|個百分点|个基点|個基點|个点|千|百|万|萬|亿|億|兆|倍|美元|美金|欧元|歐元"
    "|英镑|英鎊|日元|人民币|人民幣"
    "|港元|港币|港幣|台币|新台币|新臺幣|卢布|韩元|元|块|公里|平方公里|平方米|公斤|公顷|公頃|吨|噸|米|度",
    "Japanese": "パーセントポイント|パーセント|ポイント|％ポイント|万|億|兆|円|ドル|ユーロ|ウォン|キロ|トン|メートル|割|倍",
    "Thai": "ครึ่ง|เปอร์เซ็นต์|เปอร์เซนต์|จุดเปอร์เซ็นต์|ร้อยละ|ร้อย|พัน|หมื่น|แสน|ล้าน|พันล้าน|ล้านล้าน|กิโลเมตร|บาท",
    "Khmer, Lao, Burmese": "ភាគរយ|រយ|ពាន់|ម៉ឺន|លាន|ពាន់លាន|ដុល្លារ|រៀល|ສ່ວນຮ້ອຍ|ເປີເຊັນ|ຮ້ອຍ|ພັນ|ໝື່ນ|ແສນ"
    "|ລ້ານ|ກີບ|ရာခိုင်နှုန်း|ထောင်|သောင်း|သိန်း|သန်း|ကုဋေ|ဘီလီယံ|ကျပ်",
}  # fmt: skip

# A pattern of units that negative numbers have: a hyphen alone before such a number is its sign.
MAY_BE_NEGATIVE = (
    r"[%‰٪％﹪°℃℉]|per ?cent|pct|degrees?|prozent|grad|pour ?cent|degrés?|por ?cien|por ?cento|grad[io]|grados|graus|per ?cento|procent"
    r"|prosent|graden|grader|stop(?:ni|nie|ień|ňů)|процент|градус|відсот|τοις εκατό|βαθμ|derece|persen|peratus|derajat|phần trăm|độ"
    r"|في الم|بالم|درج|درصد|אחוז|מעלות|प्रतिशत|डिग्री|퍼센트|도"
)

# Right before a number, or before one blank: words for minus and per cent.
BEFORE_NUMBERS = {
    "minus": "minus|moins|menos|meno|минус|мінус|μείον|eksi|منفي|سالب|منفی|مائنس|माइनस|ऋण|miinus|mínusz"
    "|mínus|영하|마이너스|âm|negative"
    "|מינוס|ناقص|πλην|mīnus|мінус|minús|մինուս|მინუს|মাইনাস|ঋণাত্মক|மைனஸ்|மைனசு|మైనస్|ಮೈನಸ್|માઈનસ|hasi|ਮਾਈਨਸ",
    "number words": "elfu|laki|milioni|mamilioni|bilioni|trilioni|dubu|miliyan|biliyan|tiriliyan|mílíọ̀nù|bílíọ̀nù|nde|ijeri|puku",
    # Half more than a number, a quarter more and a quarter less, as in साढ़े 3 लाख; and the half before an hour.
    "half": "साढ़े|साढे|सवा|पौने|पावणे|साडे|सव्वा|সাড়ে|সোয়া|পৌনে|সাডে|સાડા|સવા|પોણા|ਸਾਢੇ|ਸਵਾ|ਪੌਣੇ|ساڑھے|سوا|پونے"
    "|halb|half|halv|půl|pol|fél|puoli|wpół do",
    "per cent": "yüzde|asilimia|ehuneko|per cento di|శేకడా|ಶೇ|ಶೇಕಡಾ|सेकडा|शेकडा",
}
# Letters for a currency, spelt as here. R is the rand and the real, S/ the sol.
MONEY_BEFORE_NUMBERS = (
    "Rs RS rs Re Rp RP rp RM Kč Kc kr Kr KR Fr fr SFr sFr Php PhP Tk TK tk Ksh KSh KSH Kshs KShs TSh Tsh TSH TShs USh Ush USH UShs Shs"
    " Sh SLRs NRs Rf Nrs GH Br Birr Bs BsF BsS FCFA CFA Dh Dhs DH DHS QR KD Lek zł Ft TL Gs MK R S/ S/. B/. रु रू রু টাকা ரூ రూ രൂ ರೂ રૂ"
    ' රු руб ש"ח ر.س د.إ'
)
BEFORE_NUMBERS_WITHOUT_BLANKS = {
    "minus": "负|負|零下|マイナス|氷点下|ลบ|ติดลบ",
    "per cent": "百分之|千分之|万分之|萬分之|ร้อยละ",
    "money": "人民币|人民幣|美元|港币|港幣|新台币|新臺幣",
}

# Chinese and Japanese write numbers in characters too: 三千五百万.
HAN_NUMERALS = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
# Multiples of ten; words for some, which may be before them; words for more, which are after a number.
HAN_MAGNITUDES = "十百千万萬亿億兆"
HAN_SOME = "数數几幾何"
HAN_MORE = "多余餘"
