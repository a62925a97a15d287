"""Has all topics in the loop, but still divides by the predictions.

exercise: recall_by_topic
fails: test_recall_by_topic, hidden_recall_by_topic
"""


# %% exercise="recall_by_topic"
def recall_by_topic(y_true, y_pred, num_topics=46):
    recall = np.full(num_topics, np.nan)
    for topic in np.unique(y_true):
        found = y_pred == topic
        recall[topic] = np.mean(y_true[found] == topic) if found.any() else 0
    return recall
