"""Divides by all newswires.

exercise: recall_by_topic
fails: test_recall_by_topic, test_recall_by_topic_empty, hidden_recall_by_topic
"""


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    recall = np.full(num_topics, np.nan)
    for topic in np.unique(y_true):
        recall[topic] = np.mean((y_true == topic) & (y_pred == topic))
    return recall
