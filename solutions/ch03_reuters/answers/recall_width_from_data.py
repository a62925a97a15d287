"""Has as many topics as the labels at hand.

exercise: recall_by_topic
fails: test_recall_by_topic_empty, hidden_recall_by_topic
"""


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    recall = np.full(max(y_true.max(), y_pred.max()) + 1, np.nan)
    for topic in np.unique(y_true):
        recall[topic] = np.mean(y_pred[y_true == topic] == topic)
    return recall
