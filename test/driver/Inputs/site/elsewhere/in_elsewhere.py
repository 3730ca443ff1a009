text = "found beside"
