"""Archives of any size: read, kept and folded as tasks, by the same rules as a crawl; see docs/scale.md.

plan      what of which file one task reads
reading   an archived answer to a page, through its outlet or the generic road
schema    how pages, articles and stories stand in Parquet
shelf     the folder they are written to, task by task
keeping   pages to articles and their revisions, by the store's own rules, an outlet at a time
linking   articles to stories, by the folder's own rules, window after window
work      the tasks themselves, as a worker runs them
engine    Dask: who runs them
job       the whole: which tasks there are, and what came of them
load      what was written, into a store
"""
