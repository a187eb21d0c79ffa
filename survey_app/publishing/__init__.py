"""From a study to its readers: the gate, the frozen snapshot, the public page. Knows no screen and no store."""
