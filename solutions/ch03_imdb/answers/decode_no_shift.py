"""Takes ids for ranks: English words in a senseless order.

exercise: decode_review
fails: test_decode_review, hidden_decode_review
"""


# %% exercise="decode_review"
def decode_review(ids, ranks):
    words_by_rank = {rank: word for word, rank in ranks.items()}
    return " ".join(words_by_rank.get(int(one), "?") for one in ids)
