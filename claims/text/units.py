"""Units, number words and signs that belong to a number, since without them it would be another number.

claims.text.edges uses one list for all languages, since a word of one language rarely follows a number in a text of another.
The list is sorted by language for those who extend it. Words are compared without case, and without the full stop of an
abbreviation. Counted nouns (euros, people) are not units. Some units are left out because they are everyday words in other
languages: in, a, am, mi, s, k.
"""

# Right after a number, or after one blank.
UNITS = {
    "measures": "mm|cm|dm|m|km|m²|m2|km²|km2|m³|m3|sq m|sq km|ha|ml|cl|dl|l|hl|mg|g|kg|t|kt|oz|lb|lbs|ft|yd|mph|kph|km/h|m/s"
    "|kB|MB|GB|TB|Mbit/s|Hz|kHz|MHz|GHz|kW|MW|GW|TW|Wh|kWh|MWh|GWh|TWh|kJ|MJ|hPa|mSv|µm|µg|ppm|ppb|min|h|pp|bps|dpi",
    "codes": "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|RUB|UAH|PLN|CZK|HUF|SEK|NOK|DKK|TRY|BRL|MXN|ARS|ZAR|NGN|KES|EGP|SAR|AED"
    "|ILS|KRW|IDR|VND|THB|PKR|BDT|CAD|AUD|NZD|HKD|SGD",
    "abbreviations of money": "zł|Kč|kr|Ft|TL|лв|руб|грн|тг|Rs|Fr",
    "English": "per cent|percent|pct|percentage points|percentage point|per mille|hundred|thousand|thousands|million|billion|trillion"
    "|quadrillion|quintillion|dozen|score|lakh|lakhs|crore|crores|bn|mn|mln|tn|trn",
    "French": "pour cent|pour mille|mille|millions|milliard|milliards|billions|Md|Mds|M|douzaines",
    "German": "Prozent|Promille|Prozentpunkte|Prozentpunkten|Hundert|Tausend|Millionen|Milliarde|Milliarden|Billion|Billionen"
    "|Billiarde|Billiarden|Trillion|Trillionen|Dutzend|Mio|Mrd|Bio|Tsd",
    "Spanish": "por ciento|puntos porcentuales|punto porcentual|trillones|por mil|mil|millón|millones|billón|billones|M",
    "Portuguese": "por cento|pontos percentuais|ponto percentual|mil|milhão|milhões|bilhão|bilhões|mil milhões|trilhão|trilhões|mi|bi",
    "Italian": "per cento|punti percentuali|punto percentuale|bln|per mille|mila|milione|milioni|miliardo|miliardi|bilioni|mld|mln",
    "Catalan, Romanian": "per cent|milió|milions|la sută|mii|milioane|miliard|miliarde|mld",
    "Dutch": "procent|procentpunt|procentpunten|triljoen|promille|honderd|duizend|miljoen|miljard|biljoen|mln|mrd",
    "Nordic": "procent|procentenheter|procentpoint|prosentpoeng|prosenttiyksikköä|prosentin|biljoner|billioner|biljoonaa|miljoonan"
    "|miljardin"
    "|prosent|prósent|tusen|tusind|miljon|miljoner|miljard|miljarder|millioner|milliard|milliarder|mia|mkr"
    "|prosenttia|tuhatta|miljoonaa|miljardia|milj|milljónir|milljarðar",
    "Polish, Czech, Slovak": "procent|punktów procentowych|punkty procentowe|bilion|biliony|bilionów|bilionů|milióny|milionami|tis|bln"
    "|procenta|proc|tysiąc|tysiące|tysięcy|tys|milion|miliony|milionów|miliard|miliardy"
    "|miliardów|tisíc|milionu|milionů|miliarda|miliard|mil|mld|mln|miliónov|miliárd",
    "Hungarian, Baltic": "százalék|százalékpont|billió|tūkstoši|tūkstošu|miljoni|miljonu|miljardi|miljardu|milijardų"
    "|ezer|millió|milliárd|procentų|procentai|tūkstančių|milijonų|milijardų|procenti|protsenti"
    "|tuhat|miljonit|miljardit",
    "South Slavic": "posto|milijonov|bilijuna|bilijun|odsto|tisuća|hiljada|milijun|milijuna|milijuni|milijon|milijona|milijona"
    "|milijarda|milijardi"
    "|odstotkov|tisoč|процента|на сто|хиляди|милиона|милиарда|хиљада|милиона|милијарди|млрд|млн",
    "Russian, Ukrainian": "процент|процентам|процентами|процентах|процентных пункта|процентных пунктов|тысячам|тысячами|тысячах"
    "|миллионам|миллионами|миллионах|миллиардам|миллиардами|миллиардах|процента|процентов|тысяча|тысячи|тысяч|тыс|миллион|миллиона"
    "|миллионов|миллиард|миллиарда"
    "|миллиардов|триллион|триллиона|триллионов|млн|млрд|трлн|відсоток|відсотки|відсотків|тисяча|тисячі|тисяч|мільйон|мільйони"
    "|мільйонів|мільярд|мільярди|мільярдів|кг|км|га|тонн",
    "Greek": "τοις εκατό|χιλ|τρισ|τρισεκατομμύρια|τα εκατό|χιλιάδες|εκατομμύριο|εκατομμύρια|δισεκατομμύριο|δισεκατομμύρια|εκατ|δισ",
    "Turkish, Azerbaijani": "bin|milyon|milyar|trilyon|faiz|min",
    "Arabic": "في المئة|نقطة مئوية|نقاط مئوية|مليونين|مليارين|تريليونات|في المائة|بالمئة|بالمائة|ألف|آلاف|ألفا|مليون|ملايين|مليونا"
    "|مليار|مليارات|تريليون",
    "Hebrew": "אחוז|טריליון|אחוזים|אלף|אלפים|מיליון|מיליוני|מיליארד|מיליארדי",
    "Persian, Urdu": "درصد|هزار|میلیون|میلیارد|تریلیون|فیصد|ہزار|لاکھ|کروڑ|ارب|کھرب|ملین|بلین",
    "Hindi, Marathi, Bengali, Nepali": "प्रतिशत|टक्के|सौ|खरब|कोटी|লক্ষ|फीसदी|फ़ीसदी|हजार|हज़ार|लाख|करोड़|करोड|अरब|শতাংশ|হাজার|লাখ|কোটি",
    "Gujarati, Punjabi, Kannada, Sinhala": "ટકા|હજાર|લાખ|કરોડ|ਫੀਸਦੀ|ਹਜ਼ਾਰ|ਲੱਖ|ਕਰੋੜ|ಶೇಕಡಾ|ಸಾವಿರ|ಲಕ್ಷ|ಕೋಟಿ|මිලියන|බිලියන|ලක්ෂ",
    "Tamil, Telugu, Malayalam": "சதவீதம்|சதவீத|ஆயிரம்|லட்சம்|கோடி|శాతం|వేల|లక్షల|కోట్ల|ശതമാനം|ആയിരം|ലക്ഷം|കോടി",
    "Indonesian, Malay, Filipino": "persen|peratus|ribu|juta|miliar|milyar|triliun|porsyento|libo|milyon|bilyon|trilyon",
    "Vietnamese": "phần trăm|trăm|nghìn|ngàn|triệu|tỷ|tỉ",
    "Swahili, Hausa, Amharic": "elfu|laki|milioni|bilioni|trilioni|miliyan|biliyan|በመቶ|ሺህ|ሚሊዮን|ቢሊዮን",
    "Korean": "퍼센트|퍼센트포인트|포인트|프로|천|십만|백만|천만|만|십억|백억|천억|억|조",
    "Armenian, Georgian": "տոկոս|հազար|միլիոն|միլիարդ|տրիլիոն|პროცენტი|ათასი|მილიონი|მილიარდი",
}

# In scripts without blanks, where nothing shows the end of a word.
UNITS_WITHOUT_BLANKS = {
    "Chinese": "百分点|百分點|个百分点|個百分點|千|百|万|萬|亿|億|兆|美元|欧元|歐元|人民币|元|公里|平方公里|公斤|公顷|吨|噸|米|度",
    "Japanese": "パーセント|ポイント|万|億|兆|円|キロ|トン|メートル|割",
    "Thai": "เปอร์เซ็นต์|ร้อย|พัน|หมื่น|แสน|ล้าน|กิโลเมตร|บาท",
    "Khmer, Lao, Burmese": "ភាគរយ|ពាន់|ម៉ឺន|លាន|ສ່ວນຮ້ອຍ|ເປີເຊັນ|ພັນ|ລ້ານ|ရာခိုင်နှုန်း|ထောင်|သောင်း|သိန်း|သန်း",
}

# A pattern of units that negative numbers have: a hyphen alone before such a number is its sign.
MAY_BE_NEGATIVE = (
    r"[%‰٪％﹪°℃℉]|per ?cent|pct|degrees?|prozent|grad|pour ?cent|degrés?|por ?cien|por ?cento|grad[io]|grados|graus|per ?cento|procent"
    r"|prosent|graden|grader|stop(?:ni|nie|ień|ňů)|процент|градус|відсот|τοις εκατό|βαθμ|derece|persen|peratus|derajat|phần trăm|độ"
    r"|في الم|بالم|درج|درصد|אחוז|מעלות|प्रतिशत|डिग्री|퍼센트|도"
)

# Right before a number, or before one blank: words for minus and per cent, and currencies.
BEFORE_NUMBERS = {
    "minus": "minus|moins|menos|meno|минус|мінус|μείον|eksi|منفي|سالب|منفی|مائنس|माइनस|ऋण|miinus|영하|마이너스|âm",
    "per cent": "yüzde|asilimia",
    "money": "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|PKR|BRL|Rs|Rp|RM|Kč|Kc|Php|Tk",
}
BEFORE_NUMBERS_WITHOUT_BLANKS = {
    "minus": "负|負|零下|マイナス|氷点下|ลบ|ติดลบ",
    "per cent": "百分之|千分之|万分之",
}

# Chinese and Japanese write numbers in characters too: 三千五百万.
HAN_NUMERALS = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
