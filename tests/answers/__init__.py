"""What readers answered, one file a chapter: ANSWERS, a list of (name, answer, verdict, kind).

`verdict` is the one that the answer deserves: "right", "right, but" or "not yet"; `kind` says
whether it was given in earnest, "natural", or to see what happens, "probing".
"""
