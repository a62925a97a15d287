"""The sentences of the twin of IMDB, by what they do in a review; see `grammar` for the form.

The tone is what the writer thinks. A denial says it by the opposite word and "not", and a turn by
both in some order: there the order of words matters.
"""

from __future__ import annotations

OPEN = (
    "i [saw|watched|rented|caught] this [movie|film] [{when}|at the {seen}|on dvd|on tv] with my {relative}.",
    "my {relative} and i [saw|watched|rented] this [film|movie] {when}.",
    "this is a [film|movie] about a {trait} {person@} and a {thing@}.",
    "this is the story of {first~} {last~}, a {trait} {person@} who {deed@} a {person@}.",
    "the {title1} {title2} is one of those {genre@} films that you see on tv at night.",
    "when i first heard about the {title1} {title2} i did not know what to expect.",
    "{first~} {last~} plays a {trait} {person@} in this {genre@} [film|movie] from {year}.",
    "set in {place~}, this [film|movie] tells the story of a {trait} {person@}.",
    "[i had never heard|i had read a lot|my {relative} had told me] of this {genre@} [film|movie] before.",
    "i am a fan of {first~} {last~}, so i [rented|bought|watched] the {title1} {title2}.",
    "i just [saw|watched] the {title1} {title2} [at the {seen}|on video|{when}|for the second time].",
    "the {title1} {title2} was made in {place~} in {year} by {first~} {last~}.",
)

PLOT = (
    "a {trait} {person@} {deed@} a {person@} [in a {thing@}|because of a {thing@}|with a {thing@}].",
    "the {person@} {deed@} the {trait} {person@}, and then the {thing@} is [lost|found|stolen|gone].",
    "{first~} {last~} plays {first~2}, a {trait} {person@} who {deed@} the {person@}.",
    "one [day|night] {first~} {deed@} a {trait} {person@} near the {thing@}.",
    "{first~} has to find the {thing@} before the {person@} {deed@} {first~2}.",
    "meanwhile the {person@} [from {place~}|of the town|with the {thing@}] {deed@} a {person@}.",
    "then {first~2} comes back to {place~} with a {thing@} and {deed@} the {person@}.",
    "there is [also|even] a {trait} {person@} who {deed@} {first~} in the {thing@}.",
    "the [film|movie|story] begins in a {thing@}, where a {trait} {person@} meets {first~}.",
    "after the {thing@} {first~} is a {trait} {person@} and nobody in {place~} knows why.",
    "{first~} {last~} and {first~2} {last~2} are [on the run|in love|alone] with a {thing@}.",
    "it is {year}, and in {place~} the {person@} still {deed@} every {person@}.",
    "what the {person@} does not know is that {first~} has the {thing@}.",
    "at the end the {person@} {deed@} {first~2} and we see the {thing@} again.",
    "her [brother|father|uncle|husband] {deed@} a {person@}, and his {thing@} is all that is left.",
    "between the {thing@} and the {thing@} there is a long scene with the {trait} {person@}.",
    "we see how the {trait} {person@} and the {person@} share a {thing@}.",
    "when the {thing@} breaks, the {person@} must [go to|leave|cross|return to] {place~}.",
    "[soon|suddenly|in the end] {first~} learns that his {relative} was a {person@}.",
    "the {trait} {person@} from {place~2} wants the {thing@} for himself.",
)

PEOPLE = (
    "{first~} {last~} is the {person@} and {first~2} {last~2} is the {role}.",
    "the {role} is {first~} {last~}, [whom i knew from|who was also in|who made] the {title1} {title2}.",
    "the music is by {first~3} {last~3} and the photography by {first~2} {last~2}.",
    "{last~} and {last~2} had [worked together|met|been seen] before in the {title1} {title2}.",
    "{first~2} {last~2} has a small part as a {trait} {person@}.",
    "the {role}, {first~3} {last~3}, comes from {place~}.",
    "director {first~} {last~} shot this in {place~} in {year} with a small crew.",
    "it is based on a book by {first~3} {last~3} that i read in {year}.",
    "look for {first~2} {last~2} as the {person@} in the {thing@} scene.",
)

JUDGE = (
    "the {part} [is|was] {judged+}.",
    "the {part} [is|was] [very|really|so|just|simply] {judged+}.",
    "the {part} [is|was] {judged+} and the {part} is {judged+} [too|as well].",
    "i [thought|found|felt] the {part} was [rather|quite|pretty|very] {judged+}.",
    "{first~} {last~} is {judged+} as the {person@}.",
    "{first~} {last~} gives a {judged+} performance.",
    "{last~} is {judged+} [here|in this|as always], and so is {last~2}.",
    "what a {judged+} {part}!",
    "this is a {judged+} [film|movie|{genre@} film].",
    "it is a {judged+} {verdict+}.",
    "i {liked+} the {part} and the {part}.",
    "the scene with the {thing@} is {judged+}.",
    "the {part} is {manner+} done.",
    "the whole thing is {manner+} [written|shot|directed|acted|paced|put together].",
    "i was {effect+} by the {part}.",
    "[the {role} is|the {person@} is|the dialogue is] {judged+} [from start to finish|all the way|most of the time].",
)

DENIAL = (
    "the {part} [is|was] not {judged-}.",
    "the {part} [is|was] not {judged-} [at all|to me|by any means].",
    "it is not {judged-}, [to be honest|i think|in my view].",
    "{first~} {last~} is not {judged-} as the {person@}.",
    "{last~} was never {judged-} [here|in this].",
    "this is not a {judged-} [film|movie|{part}].",
    "the {part} is hardly {judged-} and the {role} is not {judged-}.",
    "it is far from {judged-}, and not {judged-} either.",
)

TURN = (
    "although the {part} is {judged-}, the {part} is {judged+}.",
    "the {part} may be {judged-}, but the {part} is {judged+}.",
    "i expected [something {judged-}|a {judged-} {verdict-}], but it is {judged+}.",
    "my {relative} said it was {judged-}, but i was {effect+}.",
    "some people call it a {verdict-}, but to me it is a {verdict+}.",
    "not {judged-} but {judged+} [is the word|is how i felt about it].",
)

DETAIL = (
    "it all comes down to the {detail+} and the {detail+}.",
    "it is all about the {detail+}, the {detail+} and the {thing@}.",
    "one remembers the {detail+} [of {first~}|and the {person@}|in the {thing@}].",
    "as for the {detail+}, {first~} {last~} [has it|knows it|shows it] in every scene.",
    "you can see the {detail+} in the {thing@} scene.",
    "the {detail+} of the {person@} made me think of the {title1} {title2}.",
)

ASIDE = (
    "i do not want to [give away the ending|say more|spoil it].",
    "i have seen [it|this] {number} times.",
    "it was shown on tv in {year}, and again {when}.",
    "it runs for about {number} minutes.",
    "my {relative} [fell asleep|laughed|cried|left] in the middle.",
    "but that is just my opinion.",
    "i could go on about the {thing@} for hours.",
    "you know how these {genre@} films go.",
    "there are other films like this, such as the {title1} {title2}.",
    "the dvd has {number} extras and a commentary by {first~3} {last~3}.",
    "by the way, it was filmed in {place~}, not in {place~2}.",
    "if you have seen the {title1} {title2} you know what i mean.",
    "i wonder what happened to {first~2} {last~2} after that.",
    "it cost more than {number} million dollars to make.",
    "people in {place~} still talk about the {person@} and the {thing@}.",
    "well, what can i say?",
    "so there you have it.",
)

CLOSE = (
    "overall it is a {judged+} [film|movie|{verdict+}].",
    "in [short|the end], a {judged+} {verdict+}.",
    "all in all i {liked+} it.",
    "i {liked+} every minute of it.",
    "not {judged-} [at all|in my book].",
    "it is not a {judged-} [film|movie].",
    "what a {verdict+}!",
    "i [left|walked out of] the {seen} {effect+}.",
    "{score+}/ 10",
)

BREAK = ("br br",)

KINDS = {
    "open": OPEN,
    "plot": PLOT,
    "people": PEOPLE,
    "judge": JUDGE,
    "denial": DENIAL,
    "turn": TURN,
    "detail": DETAIL,
    "aside": ASIDE,
    "close": CLOSE,
    "break": BREAK,
}
