"""The words and sentences of the twin of the prose: a moralist of no name, in long sentences."""

from __future__ import annotations

from data_scripts.twins.word_lists import listed

NOUNS = listed(
    """soul spirit man will truth virtue heart reason instinct conscience taste power faith
    wisdom belief philosophy morality mask courage danger nature strength custom pride pity
    thought freedom language question feeling doctrine suspicion solitude passion judgment
    music deception cruelty love duty memory depth habit knowledge honesty fate shame silence
    noise hunger patience silence law mirror master slave stranger friend enemy child saint
    artist thinker poet physician wanderer actor judge priest teacher lawgiver ruler rank
    distance comfort fear hope error opinion art science history century age people state
    education blood health sickness laughter irony gratitude revenge envy vanity modesty
    obedience command victory decline ascent dawn evening mountain desert sea winter fire ice
    shadow light surface abyss"""
)
PLURALS = listed(
    """men souls spirits thinkers values virtues instincts truths opinions philosophers masters
    prejudices questions desires passions habits peoples ages laws moralists poets sentiments
    ideals senses artists errors customs judgments masks strangers friends enemies dreams
    words scholars saints readers lies rights claims nerves gods books ears eyes"""
)
QUALITIES = listed(
    """noble free higher deep strong old new hidden dangerous false strange common great subtle
    severe honest proud cold quiet rare cruel modern moral secret cheerful patient weary
    profound refined narrow ancient solitary clumsy feeble spiritual sound sick obscure gentle
    honored unknown involuntary superficial bold delicate earnest"""
)
VERBS = listed(
    """loves needs hides commands despises understands honors conceals betrays forgets seeks
    creates destroys masters fears desires measures conquers interprets endures believes
    suffers learns demands refuses teaches mistrusts overcomes invents justifies flatters
    poisons serves judges praises forgives"""
)
INFINITIVES = listed(
    """love need hide command despise understand honor conceal betray forget seek create destroy
    master fear desire measure conquer interpret endure believe suffer learn demand refuse
    teach mistrust overcome invent justify flatter poison serve judge praise forgive live
    think speak"""
)
ADVERBS = listed(
    """perhaps always only hardly almost never still finally once merely really already
    everywhere secretly often rarely"""
)

OPEN = (
    "{number}.",
    "{number}. the {quality} {noun} [of|and] the {noun}.",
)
SENTENCES = (
    "the {quality} {noun} {adverb} {verb} the {noun} of {plural}.",
    "what the {noun} {verb}, the {noun} {verb}: that is the {quality} {noun} of all {plural}.",
    "one must {infinitive} the {noun} in order to {infinitive} the {quality} {noun}.",
    "there is [a|no] {noun} in every {noun}, and {adverb} a {quality} {noun} in every {quality} {noun}.",
    "he who {verb} {plural} {verb} {adverb} his own {noun}.",
    "it is not the {noun} of the {noun}, but the {noun} of the {noun}, that {verb} {quality} {plural}.",
    "supposing that the {noun} {verb} the {noun}, what then? would not all {plural} have to {infinitive} their {noun}?",
    "how much {noun} has a {noun} to {infinitive}, before it {verb} the {noun}!",
    "the {plural} of the {quality} {noun} have {adverb} been the {plural} of the {noun}; and the {plural} of the {noun} have {adverb} been {quality}.",
    "for the {noun}, [as we have said|to speak plainly|it seems to me], is {adverb} the {noun} of the {quality} {noun}.",
    "all {quality} {plural} {infinitive} the {noun}; only the {quality} {plural} {infinitive} themselves.",
    "where the {noun} ends, the {noun} begins, and with it the {noun} of {plural}.",
    "we {quality} {plural}, we who {infinitive} the {noun}: do we not {infinitive} the {noun} too?",
    "{adverb} the {noun} is but the mask of a {quality} {noun}.",
    "and if a {noun} {verb} the {noun}, is it not because it {verb} {plural}?",
    "a {noun} which {verb} {plural} is a {noun} which {verb} itself.",
    "whoever has {adverb} looked into the {noun} of {plural} knows that the {noun} is {quality}, and that the {noun} is more {quality} still.",
    "that which is {quality} in a {noun} is {adverb} that which it {verb} from the {noun}.",
    "it may be that {plural} are {quality}, that the {noun} is {quality}, and that the {noun} {verb} both.",
    "to {infinitive} the {noun}, to {infinitive} the {noun} of others, to {infinitive} even {plural}: this is the {noun} of the {quality}.",
    "in short, the {noun} of the {noun} is a matter of {noun}, and {plural} do not {infinitive} it.",
    "but who would {infinitive} a {noun} that {adverb} {verb} the {quality} {plural}?",
    "every {noun} has its {noun}; every {quality} {noun} has {adverb} two.",
    "the {noun}: a {quality} {noun} that has learned to {infinitive}.",
    "so long as {plural} {infinitive} the {noun}, there will be {plural} who {infinitive} the {quality} {noun}.",
)
KINDS = {"open": OPEN, "sentence": SENTENCES}
CLASSES = {
    "noun": NOUNS,
    "plural": PLURALS,
    "quality": QUALITIES,
    "verb": VERBS,
    "infinitive": INFINITIVES,
    "adverb": ADVERBS,
    "number": [str(number) for number in range(1, 297)],
}
