"""Sorts the words and takes them by place: wrong once a rank is missing.

exercise: decode_review
fails: hidden_decode_review
"""


# %% exercise="decode_review"
def decode_review(ids, ranks):
    by_rank = ["?"] * 4 + sorted(ranks, key=ranks.get)
    return " ".join(by_rank[one] if one < len(by_rank) else "?" for one in ids)
