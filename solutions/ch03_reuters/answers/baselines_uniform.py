"""Takes one class of as many as occur for the majority.

exercise: baselines
fails: test_baselines, hidden_baselines
"""


# %% exercise="baselines"
def baselines(labels):
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    return {"majority": 1 / len(shares), "shuffled": float(np.sum(shares**2))}
