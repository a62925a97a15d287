"""Shifts by 2, as if there were only padding and start mark before the words.

exercise: decode_review
fails: test_decode_review, hidden_decode_review
"""


# %% exercise="decode_review"
def decode_review(ids, ranks):
    words_by_id = {rank + 2: word for word, rank in ranks.items()}
    return " ".join(words_by_id.get(int(one), "?") for one in ids)
