"""Leaves out ids that have no word.

exercise: decode_review
fails: test_decode_review, hidden_decode_review
"""


# %% exercise="decode_review"
def decode_review(ids, ranks):
    words_by_id = {rank + 3: word for word, rank in ranks.items()}
    return " ".join(words_by_id[int(one)] for one in ids if int(one) in words_by_id)
