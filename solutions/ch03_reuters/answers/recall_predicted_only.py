"""Divides rightly, but takes the topics from the predictions.

exercise: recall_by_topic
fails: test_recall_by_topic_empty, hidden_recall_by_topic
"""


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    recall = np.full(num_topics, np.nan)
    for topic in np.intersect1d(y_true, y_pred):
        recall[topic] = np.mean(y_pred[y_true == topic] == topic)
    return recall
