"""The invented committees of the demonstration: names and mandates in three languages, industry codes, state."""

from dataclasses import dataclass

from committees.enums import CommitteeState, Sector, TitleSet


@dataclass(frozen=True)
class Sketch:
    """One committee. `gb` and `isic` are division codes; `started` is months before today, `weight` its relative size."""

    slug: str
    names: tuple[str, str, str]
    mandates: tuple[str, str, str]
    sector: Sector
    gb: tuple[str, ...]
    isic: tuple[str, ...]
    state: CommitteeState = CommitteeState.ACTIVE
    started: int = 34
    weight: int = 10
    title_set: TitleSet = TitleSet.DIRECTOR


SKETCHES = [
    Sketch(
        "mineral-resources",
        (
            "Mineral Resources Working Committee",
            "矿产资源工作委员会",
            "Рабочий комитет по минеральным ресурсам",
        ),
        (
            "Joins mine owners, geological services, equipment makers and traders to open and run deposits together, "
            "from survey to ore sales, under host-country rules.",
            "联合矿权人、地质服务、装备制造与贸易企业，依照东道国法规共同勘查、开发和经营矿产，贯通从勘查到销售的全链条。",
            "Объединяет недропользователей, геологические службы, производителей оборудования и трейдеров для совместного "
            "освоения месторождений по законам принимающей страны: от разведки до сбыта руды.",
        ),
        Sector.MATERIALS,
        ("06", "07", "08", "09", "11"),
        ("05", "07", "08", "09"),
        weight=14,
    ),
    Sketch(
        "aluminium",
        ("Aluminium Industry Working Committee", "铝业工作委员会", "Рабочий комитет алюминиевой промышленности"),
        (
            "Builds a chain from bauxite and alumina to finished profiles, places smelting where clean power is, and "
            "settles common quality standards.",
            "构建从铝土矿、氧化铝到成品型材的产业链，把冶炼布局到清洁电力所在地，并统一质量标准。",
            "Выстраивает цепочку от бокситов и глинозёма до готового профиля, размещает выплавку у источников чистой энергии, "
            "согласует стандарты качества.",
        ),
        Sector.MATERIALS,
        ("09", "32"),
        ("07", "24"),
        started=33,
        weight=13,
        title_set=TitleSet.COUNCIL,
    ),
    Sketch(
        "building-materials",
        (
            "Building Materials Working Committee",
            "建筑材料工作委员会",
            "Рабочий комитет строительных материалов",
        ),
        (
            "Brings cement, glass and panel makers into joint plants near the building sites of the region.",
            "组织水泥、玻璃、板材企业在区域建设市场就近合作建厂。",
            "Помогает производителям цемента, стекла и панелей создавать совместные заводы рядом со стройками региона.",
        ),
        Sector.MATERIALS,
        ("30",),
        ("23",),
        started=30,
        weight=9,
    ),
    Sketch(
        "chemicals-new-materials",
        (
            "Chemicals and New Materials Working Committee",
            "化工与新材料工作委员会",
            "Рабочий комитет химии и новых материалов",
        ),
        (
            "Matches feedstock of the region with processing know-how; every project passes an environmental review first.",
            "对接区域原料资源与加工技术；所有项目须先通过环境评审。",
            "Соединяет сырьё региона с технологиями переработки; каждый проект сначала проходит экологическую экспертизу.",
        ),
        Sector.MATERIALS,
        ("26", "28", "29"),
        ("20", "22"),
        state=CommitteeState.PREPARATORY,
        started=4,
        weight=3,
    ),
    Sketch(
        "environmental-resources",
        (
            "Environmental Resources Working Committee",
            "环境资源服务工作委员会",
            "Рабочий комитет экологических ресурсов",
        ),
        (
            "Water supply, waste recycling and land restoration: shared operators, shared equipment, results measured.",
            "供水、固废资源化与土地修复：共享运营商与装备，成效可计量。",
            "Водоснабжение, переработка отходов, восстановление земель: общие операторы и техника, измеримый результат.",
        ),
        Sector.ENERGY,
        ("42", "77", "78"),
        ("37", "38", "39"),
        started=31,
        weight=9,
    ),
    Sketch(
        "new-energy-equipment",
        (
            "New Energy Equipment Working Committee",
            "新能源装备工作委员会",
            "Рабочий комитет оборудования новой энергетики",
        ),
        (
            "Carries wind, solar and storage projects abroad as complete packages, with local assembly from the second year.",
            "以成套方式推动风电、光伏与储能项目出海，第二年起实现本地组装。",
            "Выводит на внешние рынки комплексные проекты ветровой и солнечной энергетики и накопителей; "
            "сборка на месте со второго года.",
        ),
        Sector.ENERGY,
        ("38", "44"),
        ("27", "35"),
        started=28,
        weight=13,
        title_set=TitleSet.PRESIDENT,
    ),
    Sketch(
        "new-energy-vehicles",
        (
            "New Energy Vehicles Working Committee",
            "新能源汽车工作委员会",
            "Рабочий комитет транспорта на новых источниках энергии",
        ),
        (
            "Vehicle makers, parts suppliers and charging operators enter new markets together, with local assembly and service.",
            "整车、零部件与充电运营企业抱团出海，同步建设本地组装与售后服务。",
            "Автозаводы, поставщики компонентов и операторы зарядки выходят на рынки вместе, со сборкой и сервисом на месте.",
        ),
        Sector.MANUFACTURING,
        ("36",),
        ("29",),
        started=26,
        weight=12,
    ),
    Sketch(
        "home-appliances",
        ("Home Appliances Working Committee", "家用电器工作委员会", "Рабочий комитет бытовой техники"),
        (
            "Shares plants, parts and brands for white goods made where they are sold.",
            "围绕本地化生产的白色家电，共享工厂、零部件与品牌。",
            "Общие заводы, комплектующие и марки для бытовой техники, произведённой там, где её покупают.",
        ),
        Sector.MANUFACTURING,
        ("38", "39"),
        ("26", "27"),
        started=24,
        weight=8,
    ),
    Sketch(
        "agricultural-machinery",
        (
            "Agricultural Machinery Working Committee",
            "农业机械工作委员会",
            "Рабочий комитет сельскохозяйственного машиностроения",
        ),
        (
            "Adapts tractors, harvesters and irrigation to the soils of the region; parts depots within a day's drive.",
            "使拖拉机、收获机与灌溉设备适应区域土壤；配件库一日可达。",
            "Приспосабливает тракторы, комбайны и орошение к почвам региона; склады запчастей в пределах дня пути.",
        ),
        Sector.MANUFACTURING,
        ("35",),
        ("28",),
        state=CommitteeState.RE_ELECTION_DUE,
        started=35,
        weight=8,
    ),
    Sketch(
        "rail-transit",
        ("Rail Transit Working Committee", "轨道交通工作委员会", "Рабочий комитет рельсового транспорта"),
        (
            "Plans, builds, runs and hands over light rail and signalling, with training of local staff from the first day.",
            "轻轨与信号系统的规划、建设、运营与移交，自第一天起培训当地员工。",
            "Проектирует, строит, эксплуатирует и передаёт лёгкий рельсовый транспорт и сигнализацию; "
            "обучение местных кадров с первого дня.",
        ),
        Sector.TRANSPORT,
        ("37", "48", "54"),
        ("30", "42", "49"),
        started=32,
        weight=8,
        title_set=TitleSet.COUNCIL,
    ),
    Sketch(
        "multimodal-logistics",
        (
            "Multimodal Logistics Working Committee",
            "多式联运物流工作委员会",
            "Рабочий комитет мультимодальной логистики",
        ),
        (
            "Rail slots, border warehouses and customs services for the other committees' projects.",
            "为各委员会项目提供班列舱位、口岸仓储与通关服务。",
            "Места в контейнерных поездах, приграничные склады и таможенные услуги для проектов других комитетов.",
        ),
        Sector.TRANSPORT,
        ("53", "58", "59"),
        ("49", "52"),
        started=29,
        weight=12,
    ),
    Sketch(
        "digital-agricultural-trade",
        (
            "Digital Agricultural Trade Working Committee",
            "数字农贸服务工作委员会",
            "Рабочий комитет цифровой торговли агропродукцией",
        ),
        (
            "Puts producers of grain, fruit and cotton on shared trading platforms with traceable origin.",
            "让粮食、水果与棉花生产者进入产地可溯的共享交易平台。",
            "Выводит производителей зерна, фруктов и хлопка на общие торговые площадки с прослеживаемым происхождением.",
        ),
        Sector.AGRICULTURE,
        ("51", "52"),
        ("46", "47"),
        started=33,
        weight=10,
    ),
    Sketch(
        "agricultural-supply-chain",
        (
            "Agricultural Supply Chain Working Committee",
            "农产品供应链工作委员会",
            "Рабочий комитет цепочек поставок агропродукции",
        ),
        (
            "Cold stores, processing and long-term purchase contracts from field to shelf.",
            "从田间到货架的冷链、加工与长期采购合同。",
            "Холодильные склады, переработка и долгосрочные закупки: от поля до прилавка.",
        ),
        Sector.AGRICULTURE,
        ("01", "13", "59"),
        ("01", "10", "52"),
        state=CommitteeState.SUSPENDED,
        started=27,
        weight=6,
    ),
    Sketch(
        "digital-industry",
        (
            "Digital Industry Working Committee",
            "数字产业经济发展工作委员会",
            "Рабочий комитет развития цифровой экономики",
        ),
        (
            "Industrial software, data centres and cross-border payment services with data kept where the law wants it.",
            "工业软件、数据中心与跨境支付服务，数据依法本地存储。",
            "Промышленное ПО, центры обработки данных и трансграничные платежи; данные хранятся там, где требует закон.",
        ),
        Sector.DIGITAL,
        ("63", "64", "65"),
        ("62", "63"),
        started=22,
        weight=11,
    ),
    Sketch(
        "education-services",
        (
            "Education Services Working Committee",
            "教育服务工作委员会",
            "Рабочий комитет образовательных услуг",
        ),
        (
            "Vocational colleges and enterprises train the people whom the projects abroad need.",
            "职业院校与企业共同培养境外项目所需人才。",
            "Колледжи и предприятия вместе готовят кадры, нужные зарубежным проектам.",
        ),
        Sector.SERVICES,
        ("83",),
        ("85",),
        started=34,
        weight=9,
    ),
    Sketch(
        "medical-health",
        ("Medical and Health Working Committee", "医疗健康工作委员会", "Рабочий комитет медицины и здравоохранения"),
        (
            "Medical devices, traditional medicine and telemedicine under the registration rules of each country.",
            "在各国注册法规下推动医疗器械、传统医药与远程医疗合作。",
            "Медицинские изделия, традиционная медицина и телемедицина по правилам регистрации каждой страны.",
        ),
        Sector.SERVICES,
        ("27", "84"),
        ("21", "86"),
        started=18,
        weight=8,
    ),
    Sketch(
        "culture-tourism",
        ("Culture and Tourism Working Committee", "文化旅游工作委员会", "Рабочий комитет культуры и туризма"),
        (
            "Routes, hotels and heritage projects that several countries sell as one journey.",
            "多国联程线路、酒店与文化遗产项目。",
            "Маршруты, гостиницы и проекты наследия, которые несколько стран предлагают как одно путешествие.",
        ),
        Sector.SERVICES,
        ("61", "90"),
        ("55", "79"),
        state=CommitteeState.APPROVED,
        started=3,
        weight=0,
    ),
    Sketch(
        "light-textiles",
        ("Light Textiles Working Committee", "轻纺工作委员会", "Рабочий комитет лёгкой и текстильной промышленности"),
        (
            "Closed after its projects passed to the supply-chain committee.",
            "项目移交农产品供应链工作委员会后终止。",
            "Прекратил деятельность: проекты переданы комитету цепочек поставок агропродукции.",
        ),
        Sector.MANUFACTURING,
        ("17", "18"),
        ("13", "14"),
        state=CommitteeState.DISSOLVED,
        started=35,
        weight=4,
    ),
]

#: What every committee promises its members, in the three languages.
BENEFITS = (
    "A vote on where the committee goes. Introductions to enterprises and governments of ten countries. Projects that "
    "several members carry together, with studies, freight and finance arranged through the platform.",
    "参与决定委员会的方向；对接十个国家的企业与政府；与其他成员联合承担项目，并由平台协调智库研究、物流与金融支持。",
    "Голос в решении о том, чем занимается комитет. Знакомство с предприятиями и органами власти десяти стран. "
    "Проекты, которые несколько членов ведут вместе при поддержке площадки: исследования, перевозки, финансирование.",
)
