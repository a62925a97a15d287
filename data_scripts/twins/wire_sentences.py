"""The sentences of the twin of Reuters, by the group of their subject; see `grammar`."""

from __future__ import annotations

RESULT = (
    "{last@~} {firm~} said its [first|second|third|fourth] quarter net [profit|income] {moved} to {num} {num} mln dlrs from {num} {num} mln.",
    "{qtr} shr [{num} cts|one dlr {num} cts|loss {num} cts] vs {num} cts, net {num} {num} 000 vs {num} {num} 000.",
    "net {num} {num} 000 vs {num} {num} 000, revs {num} {num} mln vs {num} {num} mln, avg shrs {num} {num} 000.",
    "shr [{num} cts|profit {num} cts|loss {num} cts] vs [profit|loss] {num} cts, [year|nine mths|six mths|12 mths] net {num} {num} 000.",
    "note: {matter@} [excludes|includes] a [gain|charge|tax credit] of {num} 000 dlrs or {num} cts a share.",
    "qtly div {num} cts vs {num} cts prior, pay {month} {num}, record {month} {num}.",
    "the board of {last@~} {firm~} declared a [quarterly|regular|special] dividend of {num} cts a share.",
    "{last@~} {trade~} {firm~} said it expects {matter@} for {year} to be {quality} than a year ago.",
    "{shared@} for the {shared@} {moved} {num} pct to {num} mln dlrs.",
)
DEAL = (
    "{last@~} {firm~} said it [agreed to acquire|will buy|completed the sale of|plans to buy] {num} pct of {last@~2} {trade~2} {firm~2} for {num} mln dlrs.",
    "{last@~2} {firm~2} said it received a {matter@} [offer|proposal] of {num} dlrs a share from {last@~} {firm~}.",
    "an investor group led by {last@~3} said it holds {num} pct of the {matter@} of {last@~} {firm~}.",
    "the {matter@} is subject to approval by the {shared@} and [regulators|shareholders|the board].",
    "{last@~} said the {matter@} of {last@~2} {trade~2} would give it a {shared@} in {place@}.",
    "{last@~} {firm~} said it has [ended|begun|extended] its {matter@} for {num} mln {shared@}.",
    "terms of the {matter@} were not disclosed.",
    "in a filing with the securities and exchange commission, {last@~3} said it [bought|sold] {num} {num} shares of {last@~} common stock.",
)
GOODS = (
    "{matter@} {shared@} in {place@~} {moved} to {num} {num} [tonnes|mln dlrs|from {num}] in {month}.",
    "the {place@~} {shared@} ministry said {matter@} and {matter@} {shared@} {moved} {num} pct.",
    "[brokers|sources|officials] [here|in {place@~}] said {matter@} {shared@} [were|would be|remained] {quality} {day}.",
    "{place@~} will [import|export|sell|buy] {num} 000 tonnes of {quality} {matter@} in {month} and {month}.",
    "{last@~} {trade~} {firm~} said it will {doing} {matter@} {shared@} in {place@~} from {month} {num}.",
    "a {shared@} {role} said the {general} on {matter@} {shared@} would {doing} {quality} {shared@}.",
    "[traders|dealers|officials|analysts] said {shared@} of {matter@} could {doing} as {matter@} [demand|supply] {moved}.",
    "it said {matter@} was at {num} to {num} [dlrs|cents|stg] against {num} [a year ago|last week|on {day}].",
    "the {general} follows a {quality} {general} over {matter@} {shared@} between {place@~} and {place@~2}.",
)
FIGURES = (
    "{place@~} {matter@} {matter@} {moved} a [seasonally|provisional] adjusted {num} {num} pct in {month}.",
    "the {matter@} figures compare with a revised {num} {num} pct {general} in {month}, the {shared@} said.",
    "{role} {last@~} said {matter@} would {doing} the {shared@} of {matter@} this year.",
    "the government of {place@~} said {matter@} was {num} {num} billion {unit} in {month} against {num} {num} billion.",
    "economists said the {quality} {matter@} {shared@} pointed to {quality} {matter@}.",
    "{place@~} and {place@~2} [agreed|failed to agree] on a {general} about {matter@} and {matter@}.",
    "the {shared@} of {matter@} {moved} {num} pct, it said, after {num} pct in {month}.",
)
MONEY = (
    "the {place@~} {shared@} said {matter@} {matter@} {moved} to {num} {num} [pct|billion {unit}|mln stg].",
    "[traders|analysts|officials] said the {shared@} {matter@} was {quality} against the {matter@} in {place@~} {day}.",
    "the bank of {place@~} [bought|sold|said it bought] {num} mln stg of {shared@} at {num} {num} pct.",
    "{role} {last@~} said the {matter@} of the {shared@} would {doing} {quality} {matter@}.",
    "the {shared@} [set|cut|raised|left] its {matter@} at {num} {num} pct from {num} pct.",
    "[dealers|bankers|economists] said {matter@} and {matter@} {moved} on {general} of {quality} {shared@}.",
    "finance ministers will discuss {matter@} {shared@} at a {general} in {place@~2} on {day}.",
)
ANY = (
    "a {role} for {last@~} {firm~} declined to comment.",
    "the {general} was [announced|reported|expected] in {place@~} on {day}.",
    "{last@~} said the {general} would [take effect|end|begin] in {month}.",
    "he said the {quality} {general} was [a matter of time|under review|not final|only a start].",
    "{role} {last@~} told reuters that the {general} would {doing} the {quality} {general}.",
    "{last@~3}, {role} of {last@~} {trade~} {firm~}, said there was no {quality} {general}.",
    "no other details were [available|given|released].",
    "reuter 3",
)

KINDS = {
    "result": RESULT,
    "deal": DEAL,
    "goods": GOODS,
    "figures": FIGURES,
    "money": MONEY,
    "any": ANY,
}
# Which sentences each group of topics uses.
KIND_OF_GROUP = {
    "result": "result",
    "deal": "deal",
    "field": "goods",
    "plantation": "goods",
    "animals": "goods",
    "energy": "goods",
    "metals": "goods",
    "economy": "figures",
    "money": "money",
}
