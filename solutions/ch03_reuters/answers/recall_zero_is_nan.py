"""Takes every 0 for unknown.

exercise: recall_by_topic
fails: test_recall_by_topic_empty, hidden_recall_by_topic
"""


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    with np.errstate(invalid="ignore"):
        hits = np.bincount(y_true[y_true == y_pred], minlength=num_topics)
        recall = hits / np.bincount(y_true, minlength=num_topics)
    return np.where(recall == 0, np.nan, recall)
