"""Roots and words from which the demonstration's enterprises are named. All invented; any likeness is chance."""

# Chinese roots, with their Latin and Cyrillic spelling.
CHINESE_ROOTS = [
    ("龙河", "Longhe", "Лунхэ"),
    ("北辰岭", "Beichenling", "Бэйчэньлин"),
    ("渝州", "Yuzhou", "Юйчжоу"),
    ("明远", "Mingyuan", "Минъюань"),
    ("金岚", "Jinlan", "Цзиньлань"),
    ("天麓", "Tianlu", "Тяньлу"),
    ("瀚江", "Hanjiang", "Ханьцзян"),
    ("宝杉", "Baoshan", "Баошань"),
    ("西陵", "Xiling", "Силин"),
    ("三禾", "Sanhe", "Саньхэ"),
    ("华岩", "Huayan", "Хуаянь"),
    ("东岭湾", "Donglingwan", "Дунлинвань"),
    ("澜汀", "Lanting", "Ланьтин"),
    ("青垣", "Qingyuan", "Цинъюань"),
    ("云岫", "Yunxiu", "Юньсю"),
    ("远屿", "Yuanyu", "Юаньюй"),
    ("鼎川", "Dingchuan", "Динчуань"),
    ("嘉陵洲", "Jialingzhou", "Цзялинчжоу"),
    ("瑞峦", "Ruiluan", "Жуйлуань"),
    ("朔原", "Shuoyuan", "Шоюань"),
    ("凌波", "Lingbo", "Линбо"),
    ("赤峰石", "Chifengshi", "Чифэнши"),
    ("碧泉", "Biquan", "Бицюань"),
    ("银川桥", "Yinchuanqiao", "Иньчуаньцяо"),
    ("泰坪", "Taiping", "Тайпин"),
    ("安澜", "Anlan", "Аньлань"),
    ("星湖", "Xinghu", "Синху"),
    ("长禾", "Changhe", "Чанхэ"),
    ("海榕", "Hairong", "Хайжун"),
    ("晋原", "Jinyuan", "Цзиньюань"),
    ("沐阳", "Muyang", "Муян"),
    ("桐江", "Tongjiang", "Тунцзян"),
]

# What an enterprise does: Chinese, English, Russian, chain role, GB/T 4754 division, ISIC division.
TRADES = [
    ("矿业", "Mining", "горнодобывающая компания", "raw_materials", "09", "07"),
    ("铝业", "Aluminium", "алюминиевая компания", "processing", "32", "24"),
    ("铜业", "Copper", "медная компания", "processing", "32", "24"),
    ("建材", "Building Materials", "строительные материалы", "manufacturing", "30", "23"),
    ("化工", "Chemicals", "химическая компания", "processing", "26", "20"),
    ("环保科技", "Environmental Technology", "экологические технологии", "technical_services", "77", "38"),
    ("水务", "Water", "водоснабжение", "technical_services", "46", "36"),
    ("风电装备", "Wind Power Equipment", "ветроэнергетическое оборудование", "equipment", "38", "27"),
    ("光伏", "Solar", "солнечная энергетика", "manufacturing", "38", "27"),
    ("储能科技", "Energy Storage", "накопители энергии", "equipment", "38", "27"),
    ("汽车零部件", "Auto Parts", "автокомпоненты", "manufacturing", "36", "29"),
    ("新能源汽车", "Electric Vehicles", "электромобили", "manufacturing", "36", "29"),
    ("电器", "Appliances", "бытовая техника", "manufacturing", "38", "27"),
    ("农机", "Farm Machinery", "сельхозмашины", "equipment", "35", "28"),
    ("轨道装备", "Rail Equipment", "рельсовое оборудование", "equipment", "37", "30"),
    ("工程", "Engineering", "инжиниринг", "engineering", "48", "42"),
    ("国际物流", "International Logistics", "международная логистика", "logistics", "58", "52"),
    ("供应链", "Supply Chain", "цепочки поставок", "logistics", "72", "52"),
    ("国际贸易", "International Trade", "внешняя торговля", "trade", "51", "46"),
    ("粮油", "Grain and Oilseeds", "зерно и масличные", "processing", "13", "10"),
    ("农业", "Agriculture", "агрокомпания", "raw_materials", "01", "01"),
    ("冷链", "Cold Chain", "холодовая логистика", "logistics", "59", "52"),
    ("数字科技", "Digital Technology", "цифровые технологии", "technical_services", "65", "62"),
    ("软件", "Software", "программное обеспечение", "technical_services", "65", "62"),
    ("教育科技", "Education Technology", "образовательные технологии", "research", "83", "85"),
    ("医疗器械", "Medical Devices", "медицинские изделия", "manufacturing", "35", "32"),
    ("投资", "Investment", "инвестиции", "investment", "69", "64"),
    ("咨询", "Consulting", "консалтинг", "consulting", "72", "70"),
]

# Registered abroad: country, roots (native, Latin, Chinese), native trades by Chinese trade are taken in Russian where
# business there is done in Russian; Persian and English elsewhere.
ABROAD = {
    "RU": [
        ("Урал-Кама", "Ural-Kama", "乌拉尔卡马"),
        ("Белоречье", "Belorechye", "白列奇耶"),
        ("Сибирский кедр", "Siberian Cedar", "西伯利亚雪松"),
        ("Волжский берег", "Volga Shore", "伏尔加岸"),
        ("Ладога-Норд", "Ladoga-Nord", "拉多加北方"),
        ("Енисей-Мост", "Yenisei Bridge", "叶尼塞桥"),
    ],
    "KZ": [
        ("Сарыжол", "Saryzhol", "萨雷若尔"),
        ("Ақтау Көпір", "Aktau Kopir", "阿克套桥"),
        ("Ұлытау Даласы", "Ulytau Dala", "乌勒套草原"),
        ("Қаратал", "Karatal", "卡拉塔尔"),
        ("Жетісу Жол", "Zhetisu Zhol", "七河之路"),
    ],
    "KG": [
        ("Ала-Булак", "Ala-Bulak", "阿拉布拉克"),
        ("Чүй Өрөөн", "Chuy Oroon", "楚河谷"),
        ("Нарын Суу", "Naryn Suu", "纳伦水"),
    ],
    "TJ": [
        ("Зарафшон Роҳ", "Zarafshon Roh", "泽拉夫尚路"),
        ("Кӯҳистон", "Kuhiston", "库希斯坦"),
        ("Вахш Нур", "Vakhsh Nur", "瓦赫什之光"),
    ],
    "UZ": [
        ("Navoiy Yo‘l", "Navoiy Yol", "纳沃伊路"),
        ("Zarbuloq", "Zarbuloq", "扎尔布洛克"),
        ("Qizil Qum", "Qizil Qum", "红沙"),
        ("Oltin Vodiy", "Oltin Vodiy", "金谷"),
    ],
    "BY": [
        ("Белый Бор", "Bely Bor", "白林"),
        ("Нёман-Тэхніка", "Nyoman-Tekhnika", "涅曼技术"),
        ("Палескі Шлях", "Paleski Shlyakh", "波列西之路"),
    ],
    "IN": [
        ("Vindhya Setu", "Vindhya Setu", "文迪亚桥"),
        ("Narmada Agri", "Narmada Agri", "讷尔默达农业"),
        ("Coromandel Wire", "Coromandel Wire", "科罗曼德线缆"),
    ],
    "PK": [
        ("Indus Gate", "Indus Gate", "印度河之门"),
        ("Chenab Foods", "Chenab Foods", "杰纳布食品"),
        ("Margalla Power", "Margalla Power", "马尔加拉电力"),
    ],
    "IR": [
        ("زاگرس نو", "Zagros No", "新扎格罗斯"),
        ("البرز گستر", "Alborz Gostar", "厄尔布尔士"),
        ("کویر سبز", "Kavir-e Sabz", "绿荒漠"),
    ],
}

LEGAL_FORMS = {
    "RU": ("АО «{}»", "{} JSC"),
    "KZ": ("ТОО «{}»", "{} LLP"),
    "KG": ("ОсОО «{}»", "{} LLC"),
    "TJ": ("ҶДММ «{}»", "{} LLC"),
    "UZ": ("«{}» MChJ", "{} LLC"),
    "BY": ("ЗАТ «{}»", "{} CJSC"),
    "IN": ("{} Private Limited", "{} Private Limited"),
    "PK": ("{} (Private) Limited", "{} (Private) Limited"),
    "IR": ("شرکت {}", "{} Company"),
}

NATIVE_LANGUAGE = {
    "RU": "ru",
    "KZ": "kk",
    "KG": "ky",
    "TJ": "tg",
    "UZ": "uz",
    "BY": "be",
    "IN": "en",
    "PK": "en",
    "IR": "fa",
}

REGIONS = ["重庆", "四川", "云南", "新疆", "陕西", "山东", "广东", "浙江", "江苏", "北京", "上海", "内蒙古"]

SURNAMES = [
    ("陈", "Chen"),
    ("林", "Lin"),
    ("罗", "Luo"),
    ("宋", "Song"),
    ("何", "He"),
    ("叶", "Ye"),
    ("魏", "Wei"),
    ("邵", "Shao"),
    ("薛", "Xue"),
    ("孟", "Meng"),
    ("潘", "Pan"),
    ("邓", "Deng"),
]
GIVEN = [
    ("立衡", "Liheng"),
    ("思敏", "Simin"),
    ("雨桐", "Yutong"),
    ("志诚", "Zhicheng"),
    ("若溪", "Ruoxi"),
    ("嘉朗", "Jialang"),
    ("文博", "Wenbo"),
    ("静川", "Jingchuan"),
    ("一鸣", "Yiming"),
    ("青禾", "Qinghe"),
]
FOREIGN_PEOPLE = [
    ("Алия Сейтова", "Aliya Seitova"),
    ("Рустам Каримов", "Rustam Karimov"),
    ("Марина Ковальчук", "Marina Kovalchuk"),
    ("Игорь Лаптев", "Igor Laptev"),
    ("Айбек Токтосунов", "Aibek Toktosunov"),
    ("Зарина Назарова", "Zarina Nazarova"),
    ("Neha Kulkarni", "Neha Kulkarni"),
    ("Imran Qadir", "Imran Qadir"),
    ("رضا کاویانی", "Reza Kaviani"),
]
