"""Leaves topics out that do not occur.

exercise: recall_by_topic
fails: test_recall_by_topic_empty, hidden_recall_by_topic
"""


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    return np.array([np.mean(y_pred[y_true == topic] == topic) for topic in np.unique(y_true)])
