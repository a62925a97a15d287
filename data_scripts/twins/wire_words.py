"""The word lists of the twin of Reuters: 46 topics in eight groups, each with words of its own."""

from __future__ import annotations

from data_scripts.twins.word_lists import listed

# How many newswires the real set has of each topic, training and test together: the twin's shares.
COUNTS = (
    *(67, 537, 94, 3972, 2423, 22, 62, 19, 177, 126, 154, 473, 62, 209, 28, 29, 543, 51, 86, 682),
    *(339, 127, 22, 53, 81, 123, 32, 19, 58, 23, 57, 52, 42, 16, 57, 16, 60, 21, 22, 29, 46, 38),
    *(16, 27, 17, 19),
)

# By group: the words that all its newswires share, then by topic its own. A topic's words may be
# another's too: who writes of wheat writes of grain.
GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "result": (
        """quarter year results period sales operations share profit loss dividend board stockholders
        split record charge gain income tax""",
        {
            "earn": """net profit shr revs loss dividend quarterly earnings payout avg shrs mths
            oper qtly div results qtr prior credit""",
        },
    ),
    "deal": (
        """shares stock company agreement board stake offer transaction holders terms cash debt
        subsidiary common unit assets""",
        {
            "acq": """merger acquisition offer stake takeover bid bidding tender buyout shareholders
            purchase unit sale investor group holding""",
        },
    ),
    "field": (
        """tonnes crop export usda exporters harvest season agriculture farmers acres traders
        shipment program subsidy delivery yield bushels stocks planting""",
        {
            "grain": """grain corn wheat barley sorghum maize rice cereals bushels feed silos
            elevator eec certificates""",
            "wheat": """wheat grain flour bread durum winter bushels millers tender bonus cereals
            protein""",
            "oilseed": """soybean soybeans rapeseed sunflower seed crush oilseeds canola crushers
            linseed grain""",
            "meal-feed": """meal soybean feed pellets tapioca gluten cake fishmeal crush protein
            grain""",
            "veg-oil": """palm oil oils fats olein coconut vegetable soyoil margarine refined
            rapeseed tax""",
            "cotton": "cotton bales fiber ginnings upland textile spinners yarn lint acres",
        },
    ),
    "plantation": (
        """producers quota tonnes prices growers buffer export pact delegates bags importers market
        council members harvest crop consumers""",
        {
            "cocoa": """cocoa buffer icco beans manager pods ghana ivory differentials butter grindings
            rules""",
            "coffee": """coffee ico bags quotas robusta arabica roasters brazil colombia beans frost
            producers""",
            "sugar": """sugar beet cane raws white refinery tonnes sucrose tender sweetener intervention
            polarization""",
            "rubber": "rubber cartel natural latex buffer tyre malaysia pact sheets tappers",
            "orange": "orange juice fcoj frozen citrus florida groves concentrate gallons freeze",
        },
    ),
    "animals": (
        """meat slaughter head pork packers pens usda feedlots farm pounds producers market herd
        animals prices""",
        {
            "livestock": "cattle livestock beef slaughter steers heifers herd feedlot hogs ranchers",
            "hog": "hogs pork hog pigs pens sows barrows slaughter farrowing belly",
            "carcass": "beef carcass meat hormone frozen boneless packers pork tonnage plants",
        },
    ),
    "energy": (
        """barrel oil barrels bpd output energy prices refinery fuel supply petroleum production
        pipeline terminal tanker demand drilling""",
        {
            "crude": """crude oil opec barrels bpd wells saudi drilling output rigs exploration offshore
            ministers posted reserves""",
            "nat-gas": """gas natural pipeline cubic feet wells ferc reserves drilling crude btu
            propane""",
            "gas": "gasoline unleaded octane sulfur motor refiners pump stocks blending crude",
            "heat": "heating distillate fuel oil gasoil stocks winter barrels crude cents",
            "pet-chem": """ethylene plant polymers benzene chemicals plastics petrochemical styrene naphtha
            resin""",
            "ship": """ship vessel port cargo tanker strike dockers seamen gulf shipping fleet convoy
            crew missile harbor""",
        },
    ),
    "metals": (
        """mine metal tonnes ounces lode smelter mining miners output concentrate prices grade
        refinery deposit drilling cents""",
        {
            "gold": "gold ounces mine bullion troy lode karat vein coins deposit assays",
            "silver": "silver ounces bullion troy mine coins gold sterling fine comex",
            "copper": "copper cathode smelter lme concentrates wire strike mine cents anode",
            "alum": "aluminium aluminum ingot bauxite smelter alumina primary potline cans tonnes",
            "zinc": "zinc slab galvanizing smelter lead concentrate cents high grade strike",
            "lead": "lead cents batteries zinc smelter ingots pound producer tonnes plant",
            "tin": "tin itc smelters atpc creditors quota malaysia bolivia pewter council",
            "strategic-metal": "uranium cobalt tungsten titanium nickel chromium stockpile alloys gallium",
            "iron-steel": "steel iron mill furnace coils slab strike castings hot rolled beams",
        },
    ),
    "economy": (
        """pct january february march statistics ministry growth figures adjusted index year
        government compared economists revised rise department survey""",
        {
            "cpi": "inflation consumer prices cost living index food rents basket wages",
            "wpi": "wholesale prices producer index inflation goods intermediate food finished",
            "gnp": """gnp growth gdp economy real domestic product forecast spending investment
            recession""",
            "ipi": "industrial production factories output manufacturing utilities index mining goods",
            "jobs": "unemployment jobless workers jobs employment payrolls claims labour vacancies",
            "lei": "leading indicators index composite pointing building permits economy",
            "retail": "retail sales stores department autos shoppers durable chain spending",
            "housing": "housing starts homes permits mortgage building units single family",
            "trade": """trade deficit surplus exports imports tariffs japan protectionist sanctions
            semiconductor retaliation gatt bill""",
            "bop": "account payments deficit balance surplus invisibles capital transfers",
        },
    ),
    "money": (
        """bank central market pct currency banks monetary treasury rates dealers federal liquidity
        policy point week bills funds""",
        {
            "money-fx": """dollar yen currency exchange intervention dealers marks stability paris bundesbank
            sterling stg shortage francs liquidity""",
            "interest": """rate prime discount rates cut lending bills basis funds base repurchase
            tender money""",
            "dlr": "dollar yen intervention currency marks dealers support selling exchange baker",
            "money-supply": "m1 m2 m3 supply billion aggregates deposits growth target",
            "reserves": "reserves foreign gold sdr billion holdings exchange convertible official",
        },
    ),
}
FIRMS = listed(
    """inc corp co ltd plc industries bancorp holdings group partners systems associates"""
)
# What the firms are called after their founders' names, to tell trades apart.
TRADES = listed(
    """oil steel foods savings electric pacific national resources energy chemical paper motors
    medical data trust insurance airlines publishing telephone petroleum products technology
    stores financial mining textile shipping brewing gas sugar coffee metals grain"""
)
ROLES = listed(
    """spokesman chairman president analyst trader official minister economist dealer secretary
    director broker governor executive delegate"""
)
MOVES = listed(
    """rose fell increased declined climbed dropped eased gained slipped advanced jumped doubled
    recovered plunged"""
)
MONTHS = listed(
    """january february march april may june july august september october november december"""
)
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "today", "yesterday"]
DOINGS = listed(
    """buy sell close expand cut raise delay review finance supply export import reduce extend
    build limit lift suspend sign approve reject"""
)
QUALITIES = listed(
    """higher lower new stable weak strong strict foreign domestic major further recent seasonal
    sharp additional heavy slow provisional temporary unchanged total annual"""
)
GENERAL = listed(
    """talks plan report request contract decision meeting statement change increase decline
    dispute project proposal limit move problem agreement study strike effect offer"""
)
