"""Grade a class: submissions in, scores, feedback and a report out."""
