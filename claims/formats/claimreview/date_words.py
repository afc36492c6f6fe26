"""Names of months and weekdays, and other words of dates, in about seventy languages (pure).

Most are those of the Unicode CLDR (https://cldr.unicode.org), in full and abbreviated, in small letters. A name of several parts is
written with a low line between them. Words that mean different months in different languages are left out: "listopad" is
October in Croatian and November in Polish.
"""

# From January to December.
MONTHS = (
    "جانفي جنوری كانون_الثاني يناير ژانویه հնվ հունվար հունվարի জানু জানুয়ারি сту студзень студзеня січ "
    "січень січня янв январь января яну януари јан јануар јануари қаң қаңтар जनवरी जन॰ जाने जानेवारी ጃን ጃንዋሪ "
    "იან იანვარი ιαν ιανουάριος ιανουαρίου જાન્યુ જાન્યુઆરી ਜਨ ਜਨਵਰੀ בינואר ינו ינואר ಜನ ಜನವರಿ មករា ມ_ກ ມັງກອນ "
    "ean eanáir ene enero gen gener gennaio ian ianuarie ion ionawr jaan jaanuar jan janar janeiro januar "
    "januari januarie january január januára janv janvier janvāris janúar jän jänner led leden ledna oca ocak "
    "saus sausio sausis sij siječanj siječnja sty styczeń stycznia tammi tammikuu tammikuuta urt urtarrila xan "
    "xaneiro yan yanvar ജനു ജനുവരി ဇန် ဇန်နဝါရီ ජනවාරි ஜன ஜனவரி జన జనవరి ม_ค มกราคม",
    "شباط فبراير فروری فوریه فيفري փետրվար փետրվարի փտվ ফেব ফেব্রুয়ারি ақп ақпан лют лютага лютий лютого люты "
    "феб фебруар фев февр февраль февраля февруари फरवरी फ़रवरी फ़र॰ फेब्रु फेब्रुअरी फेब्रुवारी ፌብ ፌብሩዋሪ თებ "
    "თებერვალი φεβ φεβρουάριος φεβρουαρίου ફેબ્રુ ફેબ્રુઆરી ਫ਼ਰ ਫ਼ਰਵਰੀ בפברואר פבר פברואר ಫೆಬ್ರ ಫೆಬ್ರವರಿ "
    "កុម្ភៈ ກ_ພ ກຸມພາ chw chwef chwefror feabh feabhra feb febbraio febr febreiro febrer febrero februar "
    "februari februarie february február februára februāris febrúar fev fevereiro fevral fevrier févr février "
    "helmi helmikuu helmikuuta lut lutego luty ots otsaila peb pebrero shk shkurt vas vasario vasaris veebr "
    "veebruar velj veljača veljače úno únor února şub şubat ഫെബ്രു ഫെബ്രുവരി ဖေ ဖေဖော်ဝါရီ පෙබරවාරි பிப் "
    "பிப்ரவரி ఫిబ్ర ఫిబ్రవరి ก_พ กุมภาพันธ์",
    "آذار مارس مارچ մարտ մարտի մրտ মার্চ бер березень березня мар март марта нау наурыз сак сакавік сакавіка "
    "मार्च ማርች მარ მარტი μάρ μάρτιος μαρ μαρτίου માર્ચ ਮਾਰਚ במרץ מרץ ಮಾರ್ಚ್ មីនា ມ_ນ ມີນາ bře březen března "
    "kov kovas kovo maalis maaliskuu maaliskuuta maart mac machi maerz mar marca march marco marec maret mars "
    "marso mart martie marts martxoa marzec marzo març março maw mawrth mrt márc március márta mär märts märz "
    "ožu ožujak ožujka മാർ മാർച്ച് မတ် මාර්තු மார் மார்ச் మార్చి มี_ค มีนาคม",
    "آوریل أبريل أفريل إبريل اپریل نيسان ապր ապրիլ ապրիլի এপ্রি এপ্রিল апр апрель апреля април квіт квітень "
    "квітня кра красавік красавіка сәу сәуір अप्रिल अप्रैल एप्रि एप्रिल ኤፕሪ ኤፕሪል აპრ აპრილი απρ απρίλιος "
    "απριλίου એપ્રિલ ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ אפר אפריל באפריל ಏಪ್ರಿ ಏಪ್ರಿಲ್ មេសា ມ_ສ ເມສາ abr abril aib aibreán api "
    "apirila apr aprel april aprile aprili aprilie aprill apríl apríla aprīlis avr avril bal balandis "
    "balandžio dub duben dubna ebr ebrill huhti huhtikuu huhtikuuta kwi kwiecień kwietnia nis nisan pri prill "
    "tra travanj travnja ápr április ഏപ്രി ഏപ്രിൽ ဧပြီ අප්‍රේල් ஏப் ஏப்ரல் ఏప్రి ఏప్రిల్ เม_ย เมษายน",
    "أيار مئی ماي مايو مه մայիս մայիսի մյս মে май мам мамыр мая мај трав травень травня मई मे ሜይ მაი მაისი μάι "
    "μάιος μαΐ μαΐου મે ਮਈ במאי מאי ಮೇ ឧសភា ພ_ພ ພຶດສະພາ beal bealtaine geg gegužė gegužės kvě květen května "
    "mag maggio mai maiatza maig maijs maio maj maja may mayo mayıs maí mei máj mája május svi svibanj svibnja "
    "touko toukokuu toukokuuta മേയ് မေ මැයි மே మే พ_ค พฤษภาคม",
    "جوان جون حزيران يونيو ژوئن հնս հունիս հունիսի জুন июн июнь июня мау маусым черв червень червня чэр "
    "чэрвень чэрвеня юни јун јуни जुन जून ጁን ივნ ივნისი ιουν ιουνίου ιούν ιούνιος જૂન ਜੂਨ ביוני יוני ಜೂನ್ "
    "មិថុនា ມິ_ຖ ມິຖຸນາ birž birželio birželis cze czerwca czerwiec eka ekaina giu giugno haz haziran hun "
    "hunyo iun iunie iyn iyun juin jun june junho juni junie junij junio juny juuni jún júna június júní jūn "
    "jūnijs kesä kesäkuu kesäkuuta lipanj lipnja meh mehefin meith meitheamh qer qershor xuño červen června "
    "čvn ജൂൺ ဇွန် ජූනි ஜூன் జూన్ มิ_ย มิถุนายน",
    "تموز جولائی جويلية يوليو يوليوز ژوئیه հլս հուլիս հուլիսի জুল জুলাই июл июль июля лип липень липня ліп "
    "ліпень ліпеня шіл шілде юли јул јули जुलाई जुलै जुल॰ ጁላይ ივლ ივლისი ιουλ ιουλίου ιούλ ιούλιος જુલાઈ ਜੁਲਾ "
    "ਜੁਲਾਈ ביולי יולי ಜುಲೈ កក្កដា ກ_ລ ກໍລະກົດ gor gorff gorffennaf heinä heinäkuu heinäkuuta hul hulyo iul "
    "iulie iyl iyul iúil juil juillet jul julai julho juli julie julij julio juliol july juuli júl júla július "
    "júlí jūl jūlijs korr korrik liep liepa liepos lipca lipiec lug luglio srpanj srpnja tem temmuz uzt "
    "uztaila xul xullo července červenec čvc ജൂലൈ ဇူ ဇူလိုင် ජූලි ஜூலை జులై ก_ค กรกฎาคม",
    "آب أغسطس أوت اوت اگست غشت օգոստոս օգոստոսի օգս আগ আগস্ট авг август августа жні жнівень жніўня серп "
    "серпень серпня там тамыз अगस्ट अगस्त अग॰ ऑग ऑगस्ट ኦገስ ኦገስት აგვ აგვისტო αυγ αυγούστου αύγ αύγουστος ઑગસ્ટ "
    "ਅਗ ਅਗਸਤ אוג אוגוסט באוגוסט ಆಗ ಆಗಸ್ಟ್ សីហា ສ_ຫ ສິງຫາ abu abuztua ag ago agost agosti agosto agu agustus "
    "aout août aug august augusta augusti augusts augustus augusztus avg avgust avq avqust awst ağu ağustos "
    "elo elokuu elokuuta gush gusht kol kolovoz kolovoza lún lúnasa ogo ogos rugp rugpjūtis rugpjūčio sie "
    "sierpień sierpnia srpen srpna ágú ágúst ഓഗ ഓഗസ്റ്റ് ဩဂုတ် අගෝස්තු ஆக ஆகஸ்ட் ఆగ ఆగస్టు ส_ค สิงหาคม",
    "أيلول سبتمبر ستمبر سپتامبر شتنبر սեպ սեպտեմբեր սեպտեմբերի সেপ সেপ্ট সেপ্টেম্বর вер верасень верасня "
    "вересень вересня сен сент сентябрь сентября сеп септембар септември қыр қыркүйек सप्टें सप्टेंबर सितंबर "
    "सितम्बर सित॰ सेप्टेम्बर ሴፕቴ ሴፕቴምበር სექ სექტემბერი σεπ σεπτέμβριος σεπτεμβρίου સપ્ટે સપ્ટેમ્બર ਸਤੰ ਸਤੰਬਰ "
    "בספטמבר ספט ספטמבר ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್ កញ្ញា ກ_ຍ ກັນຍາ eyl eylül ira iraila medi meán_fómhair mfómh rugs "
    "rugsėjis rugsėjo ruj rujan rujna sen sentabr sentyabr sep sept septemba septembar september septembra "
    "septembre septembrie septembris septiembre set setembre setembro settembre setyembre sht shtator syys "
    "syyskuu syyskuuta szept szeptember wrz wrzesień września zář září സെപ്റ്റം സെപ്റ്റംബർ စက် စက်တင်ဘာ "
    "සැප්තැම්බර් செப் செப்டம்பர் సెప్టెం సెప్టెంబర్ ก_ย กันยายน",
    "أكتوبر اکتبر اکتوبر تشرين_الأول հոկ հոկտեմբեր հոկտեմբերի অক্টো অক্টোবর жовт жовтень жовтня кас кастрычнік "
    "кастрычніка окт октобар октомври октябрь октября қаз қазан अक्टूबर अक्टू॰ अक्टोबर अक्तूबर ऑक्टो ऑक्टोबर "
    "ኦክቶ ኦክቶበር ოქტ ოქტომბერი οκτ οκτωβρίου οκτώβριος ઑક્ટો ઑક્ટોબર ਅਕਤੂ ਅਕਤੂਬਰ אוק אוקטובר באוקטובר ಅಕ್ಟೋ "
    "ಅಕ್ಟೋಬರ್ តុលា ຕ_ລ ຕຸລາ deireadh_fómhair dfómh eki ekim hyd hydref loka lokakuu lokakuuta oct october "
    "octobre octombrie octubre okt oktabr oktoba oktobar oktober oktobris oktoober oktubre oktyabr október "
    "októbra ott ottobre out outubro paź październik października spal spalio spalis tet tetor urr urria říj "
    "říjen října ഒക്ടോ ഒക്‌ടോബർ အောက် အောက်တိုဘာ ඔක්තෝබර් அக் அக்டோபர் అక్టో అక్టోబర్ ต_ค ตุลาคม",
    "تشرين_الثاني نوامبر نوفمبر نومبر نونبر նոյ նոյեմբեր նոյեմբերի নভে নভেম্বর лист листопад листопада ліс "
    "лістапад лістапада нов новембар ное ноември ноя нояб ноябрь ноября қар қараша नवंबर नवम्बर नव॰ नोभेम्बर "
    "नोव्हें नोव्हेंबर ኖቬም ኖቬምበር ნოე ნოემბერი νοέ νοέμβριος νοε νοεμβρίου નવે નવેમ્બર ਨਵੰ ਨਵੰਬਰ בנובמבר נוב "
    "נובמבר ನವೆಂ ನವೆಂಬರ್ វិច្ឆិកា ພ_ຈ ພະຈິກ aza azaroa kas kasım lapkr lapkritis lapkričio listopadu marras "
    "marraskuu marraskuuta nob nobyembre noiembrie nov novemba novembar november novembra novembre novembris "
    "novembro noviembre noy noyabr nën nëntor nóv nóvember samh samhain stu studeni studenoga tach tachwedd "
    "നവം നവംബർ နို နိုဝင်ဘာ නොවැම්බර් நவ நவம்பர் నవం నవంబర్ พ_ย พฤศจิกายน",
    "دجنبر دسامبر دسمبر ديسمبر كانون_الأول դեկ դեկտեմբեր դեկտեմբերի ডিসে ডিসেম্বর груд грудень грудня дек "
    "декабрь декабря декември дец децембар жел желтоқсан сне снежань снежня डिसें डिसेंबर डिसेम्बर दिसंबर "
    "दिसम्बर दिस॰ ዲሴም ዲሴምበር დეკ დეკემბერი δεκ δεκέμβριος δεκεμβρίου ડિસે ડિસેમ્બર ਦਸੰ ਦਸੰਬਰ בדצמבר דצמ דצמבר "
    "ಡಿಸೆಂ ಡಿಸೆಂಬರ್ ធ្នូ ທ_ວ ທັນວາ abe abendua ara aralık dec decembar december decembra decembre decembrie "
    "decembris decembro dek dekabr des desemba desember desembre dets detsember dez dezember dezembro dhj "
    "dhjetor dic dicembre diciembre dis disember disyembre déc décembre gru grudnia grudzień gruod gruodis "
    "gruodžio joulu joulukuu joulukuuta noll nollaig pro prosinac prosinca prosince prosinec rhag rhagfyr ഡിസം "
    "ഡിസംബർ ဒီ ဒီဇင်ဘာ දෙසැම්බර් டிச டிசம்பர் డిసెం డిసెంబర్ ธ_ค ธันวาคม",
)

# From Monday to Sunday. An abbreviation may stand for several, and for a month.
WEEKDAYS = (
    "إثنين الاثنين دوشنبه پیر եկ երկ երկուշաբթի সোঃ সোম সোমবার дс дш дүй дүйсенбі дүйшөмбү панядзелак пн по "
    "пон понеделник понедельник понедељак понеділок सो सोम सोमबार सोमवार ሰኞ ორ ორშ ორშაბათი δε δευ δευτέρα સો "
    "સોમ સોમવાર ਸੋਮ ਸੋਮਵਾਰ יום_ב יום_שני ಸೋಮ ಸೋಮವಾರ ចន្ទ ច័ន្ទ ຈັນ ວັນຈັນ al astelehena b_e bazar_ertəsi "
    "dilluns dl du dush dushanba dydd_llun dé_luain e_hënë esmaspäev esmaspäeval hétfő hën is isn isnin "
    "jumatatu ll llun lu luan lun lundi lunedì lunes luni luns ma maanantai maanantaina maandag man mandag mo "
    "mon monday montag má mán mánudagur må mån måndag pazartesi pirmadienis pirmd pirmdiena po pon pondelok "
    "pondělí ponedeljak ponedeljek ponedjeljak poniedziałek pr pt pzt seg segunda segunda_feira sen senin തി "
    "തിങ്കളാഴ്‌ച തിങ്കൾ တနင်္လာ လာ සඳුදා தி திங் திங்கள் సోమ సోమవారం จันทร์ วันจันทร์",
    "الثلاثاء ثلاثاء سه‌شنبه منگل երեքշաբթի երք եք মঃ মঙ্গল মঙ্গলবার аў аўторак вт вто вторник вівторок "
    "сейсенбі сс ут уто уторак шейш шейшемби шш मं मंगल मंगलवार मंगळ मंगळवार मङ्गल मङ्गलबार ማክሰ ማክሰኞ სამ "
    "სამშაბათი სმ τρ τρί τρίτη મં મંગળ મંગળવાર ਮੰਗ ਮੰਗਲ ਮੰਗਲਵਾਰ יום_ג יום_שלישי ಮಂಗಳ ಮಂಗಳವಾರ អង្គារ ວັນອັງຄານ "
    "ອັງຄານ an antradienis ar asteartea di dienstag dimarts dinsdag dt dydd_mawrth dé_máirt e_martë jumanne "
    "kedd ma mar mardi martedì martes marți maw má máirt ot otrd otrdiena sa sal salı se sel selasa sesh "
    "seshanba teisipäev ter terca terça terça_feira ti tiistai tiistaina tir tirs tirsdag tis tisdag tor torek "
    "tu tue tues tuesday ut uto utorak utorok wt wto wtorek ç_a çərşənbə_axşamı út úterý þr þri þriðjudagur ചൊ "
    "ചൊവ്വ ചൊവ്വാഴ്ച ചൊവ്വാഴ്‌ച ဂါ အင်္ဂါ අඟහරුවාදා செ செவ் செவ்வாய் మం మంగళ మంగళవారం วันอังคาร อังคาร",
    "أربعاء الأربعاء بدھ چهارشنبه չորեքշաբթի չրք չք বুঃ বুধ বুধবার серада середа ср сре среда сряда сәрсенбі "
    "шарш шаршемби шр बु बुध बुधबार बुधवार ረቡዕ ოთ ოთხ ოთხშაბათი τε τετ τετάρτη બુ બુધ બુધવાર ਬੁੱਧ ਬੁੱਧਵਾਰ "
    "יום_ד יום_רביעי ಬುಧ ಬುಧವಾರ ពុ ពុធ ພຸດ ວັນພຸດ asteazkena az ch chor chorshanba cé céad dc dimecres "
    "dydd_mercher dé_céadaoin e_mërkurë jumatano ke keskiviikko keskiviikkona kolmapäev me mer mercoledì "
    "mercredi mi mie miercoles miercuri mittwoch miy miyerkules mié miércoles mið miðvikudagur mé mér mércores "
    "mër on ons onsdag qua quarta quarta_feira ra rab rabu sr sre sreda sri srijeda st streda středa sze "
    "szerda tr trečiadienis trešd trešdiena we wed wednesday weds wo woensdag ça çar çarşamba çərşənbə śr śro "
    "środa ബു ബുധനാഴ്‌ച ബുധൻ ဗုဒ္ဓဟူး ဟူး බදාදා பு புத புதன் బుధ బుధవారం พุธ วันพุธ",
    "الخميس جمعرات خميس پنجشنبه հգ հինգշաբթի հնգ বৃঃ বৃহস্পতি বৃহস্পতিবার бейсенбі бейш бейшемби бс бш чацвер "
    "че чет четвер четверг четвртак четврток четвъртък чт чц गु गुरु गुरुवार गुरूवार बिहि बिहिबार बृहस्पतिवार "
    "वीरवार ሐሙስ ხთ ხუთ ხუთშაბათი πέ πέμ πέμπτη ગુ ગુરુ ગુરુવાર ਵੀਰ ਵੀਰਵਾਰ יום_ה יום_חמישי ಗುರು ಗುರುವಾರ ព្រ "
    "ព្រហ ព្រហស្បតិ៍ ພຫ ພະຫັດ ວັນພະຫັດ alhamisi c_a ce ceturtd ceturtdiena cs csütörtök czw czwartek "
    "cümə_axşamı dijous dj do donderdag donnerstag dydd_iau dé déar déardaoin e_enjte enj fi fim fimmtudagur "
    "gio giovedì huw huwebes ia iau je jeu jeudi joi ju jue jueves kam kamis ketvirtadienis kh kha khamis kt "
    "neljapäev og osteguna pa pay payshanba pe per perşembe qui quinta quinta_feira th thu thur thurs thursday "
    "to tor tors torsdag torstai torstaina xo xov xoves če čet četrtek četvrtak čt čtvrtek št štvrtok വ്യാ "
    "വ്യാഴം വ്യാഴാഴ്‌ച ကြာသပတေး တေး බ්‍රහස්පතින්දා வி வியா வியாழன் గురు గురువారం พฤ พฤหัส วันพฤหัสบดี",
    "الجمعة جمعة جمعه جمعہ ու ուր ուրբաթ শুঃ শুক্র শুক্রবার жм жума жұма пʼятниця пе пет петак петок петък пт "
    "пятница пятніца शु शुक्र शुक्रबार शुक्रवार ዓርብ პარ პარასკევი პრ πα παρ παρασκευή શુ શુક્ર શુક્રવાર ਸ਼ੁੱਕ "
    "ਸ਼ੁੱਕਰ ਸ਼ੁੱਕਰਵਾਰ יום_ו יום_שישי ಶುಕ್ರ ಶುಕ್ರವಾರ សុ សុក្រ ວັນສຸກ ສຸ ສຸກ ao aoine biy biyernes cu cum cuma "
    "cümə divendres dv dydd_gwener dé_haoine e_premte fr fre fredag freitag fri friday fö fös föstudagur gw "
    "gwe gwen ijumaa ju jum juma jumaat jumat or ostirala pe penktadienis perjantai perjantaina pet petak "
    "petek pi piatok piektd piektdiena pią piątek pk pn pre pt pá pátek péntek reede sex sexta sexta_feira ve "
    "ven vendredi venerdì venres vi vie viernes vin vineri vr vrijdag vrydag വെ വെള്ളി വെള്ളിയാഴ്‌ച ကြာ သောကြာ "
    "සිකුරාදා வெ வெள் வெள்ளி శుక్ర శుక్రవారం วันศุกร์ ศุกร์",
    "السبت سبت شنبه ہفتہ շաբաթ շբ շբթ শনি শনিবার иш ишемби ишм саб сабота сб сенбі су суб суббота субота "
    "събота शनि शनिबार शनिवार ቅዳሜ შაბ შაბათი შბ σά σάβ σάββατο શનિ શનિવાર ਸ਼ਨੀ ਸ਼ਨੀਵਾਰ יום_שבת שבת ಶನಿ ಶನಿವಾರ "
    "សៅរ៍ ວັນເສົາ ເສົາ cmt ct cumartesi dissabte ds dydd_sadwrn dé_sathairn e_shtunë jumamosi la larunbata lau "
    "lauantai lauantaina laugardagur laupäev lr lö lör lördag lø lør lørdag sa sab sabado sabato sabtu sad sam "
    "samedi samstag sat saterdag sath saturday se sestd sestdiena sh shan shanba sht so sob sobota sonnabend "
    "su sub subota szo szombat sá sáb sábado sâ sâm sâmbătă za zaterdag şənbə šeštadienis št ശനി ശനിയാഴ്‌ച စနေ "
    "နေ සෙනසුරාදා சனி శని శనివారం วันเสาร์ เสาร์",
    "أحد اتوار الأحد یکشنبه կիր կիրակի կր রঃ রবি রবিবার воскресенье вс жек жексенбі жекшемби жс жш нд не нед "
    "недела неделя недеља неділя нядзеля आइत आइतबार इतवार रवि रविवार እሑድ კვ კვი კვირა κυ κυρ κυριακή રવિ "
    "રવિવાર ਐਤ ਐਤਵਾਰ יום_א יום_ראשון ಭಾನು ಭಾನುವಾರ អា អាទិត្យ ວັນອາທິດ ອາ ອາທິດ ah ahad ahd bazar dg di die dim "
    "dimanche diumenge do dom domenica domh domingo du dum duminică dydd_sul dé_domhnaigh e_diel ig igandea "
    "jumapili lin linggo min minggu ne ned nedelja nedeľa nedjelja neděle nie niedz niedziela pa paz pazar "
    "pühapäev sekmadienis sk so sondag sonntag su sul sun sunday sunnudagur sunnuntai sunnuntaina sv svētd "
    "svētdiena sö sön söndag sø søn søndag vasárnap ya yak yakshanba zo zondag ഞാ ഞായറാഴ്‌ച ഞായർ တနင်္ဂနွေ နွေ "
    "ඉරිදා ஞா ஞாயி ஞாயிறு ఆది ఆదివారం วันอาทิตย์ อา อาทิตย์",
)

# Words that do not change a date: between day, month and year, and for the era.
JOINING = (
    "st nd rd th er º ª o a e of de del do dels d l the le el den der am on um el en il em on ng ika ko"
    " r roku rok года год г году року рік р годината ж жылы оны г_года του της ο η στις na dne dana dnia gada m d"
    " من في يوم م ב ה ק היום ที่ ค_ศ วันที่ តារាង ថ្ងៃទី ខែ ឆ្នាំ ວັນທີ թ թվականի წელი წლის წ il yil yili ngày năm"
)
