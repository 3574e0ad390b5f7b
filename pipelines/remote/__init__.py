"""Outlets crawled on other machines, and stored on this one; see docs/scale.md.

memory    what a crawl knows from before, taken along
crawl     one outlet's crawl, in a process of its own at a worker
store     what came back, stored by the one writer
run       a run over many outlets
"""
