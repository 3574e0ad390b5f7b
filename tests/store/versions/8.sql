BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'jarshy','0001_schema','2026-11-25 12:46:42.867248+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'jarshy','0002_archives','2026-11-25 12:46:42.868441+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'jarshy','0003_facets','2026-11-25 14:01:10.556563+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'jarshy','0004_settling','2026-11-25 14:16:56.924541+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'jarshy','0005_analysts','2026-11-25 14:36:44.025303+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'jarshy','0006_health','2026-11-25 15:40:59.307774+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'jarshy','0007_not_before','2026-11-25 16:00:30.382205+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'jarshy','0008_tallies','2026-11-25 16:41:16.962072+00:00');
CREATE TABLE addresses (
    url        TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    first_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "addresses" VALUES('https://www.akorda.kz/kk/su-1',2,'2026-11-25T09:00:00Z');
INSERT INTO "addresses" VALUES('https://www.akorda.kz/kk/tolyk-7',1,'2026-11-25T09:00:00Z');
CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    tag_id     INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_tags" VALUES(1,1,1);
INSERT INTO "article_tags" VALUES(1,2,2);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','article_words','article_words',0,'CREATE VIRTUAL TABLE article_words USING fts5 (
    headline, text, tokenize = "porter unicode61 remove_diacritics 0"
)');
CREATE TABLE 'article_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "article_words_config" VALUES('version',4);
CREATE TABLE 'article_words_content'(id INTEGER PRIMARY KEY, c0, c1);
INSERT INTO "article_words_content" VALUES(1,'cop29 баку келисм','кыскаша мазму кун тартп мемлекет басш онр акм есеп тындап су жуйе жангырту барс танс 2025 12 млрд');
INSERT INTO "article_words_content" VALUES(2,'су шаруашылк турал есеп kk su 1','еск мат');
CREATE TABLE 'article_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "article_words_data" VALUES(1,X'020A14');
INSERT INTO "article_words_data" VALUES(10,X'000000000101010001010101');
INSERT INTO "article_words_data" VALUES(137438953473,X'0000016D023031020208020132010601011201043230323501060101110105636F70323901020201026B6B020206010273750202070106D0B0D0BAD0BC01060101090207B1D0B0D0BAD1830102030504D180D181010601010F060381D18801060101070207B5D181D0B5D0BF010601010A0102050601BA0206010102020FB6D0B0D0BDD0B3D18BD180D182D183010601010E0306D183D0B9D0B5010601010D020BBAD0B5D0BBD0B8D181D0BC0102040304D183D0BD0106010104040B8BD181D0BAD0B0D188D0B001060101020209BCD0B0D0B7D0BCD18301060101030502D1820206010103040DB5D0BCD0BBD0B5D0BAD0B5D18201060101060405BBD180D0B401060101130205BED0BDD18001060101080104D181D183010601010C010202020782D0B0D0BDD18101060101100506D180D182D0BF01060101050308D183D180D0B0D0BB02020404098BD0BDD0B4D0B0D0BF010601010B021188D0B0D180D183D0B0D188D18BD0BBD0BA0202030406080B0A07070D0C0B0A1108160D100B121009140C0C0E0E0D0D10');
CREATE TABLE 'article_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "article_words_docsize" VALUES(1,X'0312');
INSERT INTO "article_words_docsize" VALUES(2,X'0702');
CREATE TABLE 'article_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "article_words_idx" VALUES(1,X'',2);
CREATE TABLE articles (
    id            INTEGER PRIMARY KEY,
    guid          TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    outlet        TEXT NOT NULL REFERENCES outlets (name),
    url           TEXT NOT NULL,                    -- the address it was first read from
    canonical_url TEXT NOT NULL REFERENCES addresses (url) DEFERRABLE INITIALLY DEFERRED,
    lang          TEXT NOT NULL,                    -- what the text is in
    lang_declared TEXT,                             -- what the page said it was in
    section       TEXT,
    views         INTEGER CHECK (views >= 0),
    first_seen    TEXT NOT NULL,
    last_seen     TEXT NOT NULL,                    -- when the outlet last served it, changed or not
    gone_at       TEXT,                             -- when the outlet first answered 404 or 410 for it
    folded_into   INTEGER REFERENCES articles (id)  -- set when it proved to be another row's page
) STRICT;
INSERT INTO "articles" VALUES(1,'urn:uuid:0cdb790b-e6ea-4781-87c4-86a397fbe861','akorda','https://www.akorda.kz/kk/tolyk-7','https://www.akorda.kz/kk/tolyk-7','kk','kz','Экология',693,'2026-11-25T09:00:00Z','2026-11-25T09:00:00Z',NULL,NULL);
INSERT INTO "articles" VALUES(2,'urn:uuid:efd30dae-27e7-4f6b-a2a9-7cc5a2faf0fa','akorda','https://www.akorda.kz/kk/su-1','https://www.akorda.kz/kk/su-1','kk',NULL,NULL,NULL,'2026-11-25T09:00:00Z','2026-11-25T09:00:00Z',NULL,NULL);
CREATE TABLE attributions (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions (id) ON DELETE CASCADE,
    lang        TEXT NOT NULL,                      -- the language whose rules read it
    photo       TEXT                                -- photo credit as written, without its label
) STRICT;
INSERT INTO "attributions" VALUES(1,'kk','akorda.kz');
CREATE TABLE block_links (
    revision_id   INTEGER NOT NULL,
    block_ordinal INTEGER NOT NULL,
    ordinal       INTEGER NOT NULL,
    url           TEXT NOT NULL,
    text          TEXT NOT NULL,
    PRIMARY KEY (revision_id, block_ordinal, ordinal),
    FOREIGN KEY (revision_id, block_ordinal) REFERENCES blocks (revision_id, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "block_links" VALUES(1,2,1,'https://cop29.az/','COP29');
INSERT INTO "block_links" VALUES(1,2,2,'https://a.kz/','тағы');
CREATE TABLE blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL
                CHECK (kind IN ('paragraph', 'subhead', 'item', 'quote', 'row', 'preformatted')),
    level       INTEGER NOT NULL,                   -- of a subhead: 2 for h2; otherwise 0
    text        TEXT NOT NULL,
    PRIMARY KEY (revision_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "blocks" VALUES(1,1,'subhead',2,'Күн тәртібі');
INSERT INTO "blocks" VALUES(1,2,'paragraph',0,'Мемлекет басшысы өңір әкімінің есебін тыңдап, су жүйесін жаңғырту барысымен танысты.');
INSERT INTO "blocks" VALUES(1,3,'row',0,'2025 | 12 млрд');
INSERT INTO "blocks" VALUES(2,1,'paragraph',0,'Ескі мәтін.');
CREATE TABLE crawl_counts (
    crawl_id INTEGER NOT NULL REFERENCES crawls (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (crawl_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "crawl_counts" VALUES(1,'articles',2);
CREATE TABLE crawls (
    id         INTEGER PRIMARY KEY,
    outlet     TEXT NOT NULL REFERENCES outlets (name),
    started_at TEXT NOT NULL,
    ended_at   TEXT,                                -- of an interrupted crawl: its last sign of life
    outcome    TEXT, not_before_at TEXT,                                -- NULL while it runs; 'interrupted' when it never said its end
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
INSERT INTO "crawls" VALUES(1,'akorda','2026-11-25T09:00:00Z','2026-11-25T09:00:00Z','ok',NULL);
CREATE TABLE credits (
    revision_id    INTEGER NOT NULL REFERENCES attributions (revision_id) ON DELETE CASCADE,
    part           TEXT NOT NULL CHECK (part IN ('chain', 'also')), -- also: origins named beside the first
    ordinal        INTEGER NOT NULL,                -- 1 is nearest the reader; the chain's last is the origin
    source         TEXT NOT NULL REFERENCES sources (key),
    name           TEXT NOT NULL,                   -- as written, in its case
    role           TEXT NOT NULL CHECK (role IN ('relay', 'via', 'origin')),
    confidence     REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    evidence       TEXT NOT NULL,                   -- the sentence it was read from
    evidence_start INTEGER NOT NULL,                -- characters from the start of the text that was read
    evidence_end   INTEGER NOT NULL,                -- both 0: nothing was read, the publisher stands as origin
    rule           TEXT NOT NULL,                   -- the rule that read it
    url            TEXT,                            -- where the page links the name
    PRIMARY KEY (revision_id, part, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "credits" VALUES(1,'also',1,'kaztag','ҚазТАГ','origin',0.9,'Бұл туралы ҚазТАГ хабарлады.',0,28,'kk.told',NULL);
INSERT INTO "credits" VALUES(1,'chain',1,'inbusiness','inbusiness.kz','relay',0.9,'Бұл туралы inbusiness.kz хабарлады.',0,35,'kk.told','https://inbusiness.kz/kz/last/x');
INSERT INTO "credits" VALUES(1,'chain',2,'akorda','Ақорданың баспасөз қызметі','origin',0.9,'Бұл туралы Ақорданың баспасөз қызметі хабарлады.',0,48,'kk.told',NULL);
CREATE TABLE days_credits (
    outlet     TEXT NOT NULL,
    source     TEXT NOT NULL,
    role       TEXT NOT NULL,
    day        TEXT NOT NULL,
    articles   INTEGER NOT NULL,
    links      INTEGER NOT NULL,                    -- of their chains: one may name a source twice
    confidence INTEGER NOT NULL,                    -- sum over the links, in millionths: exact in any order
    PRIMARY KEY (outlet, source, role, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "days_credits" VALUES('akorda','akorda','origin','2026-11-24',1,1,900000);
INSERT INTO "days_credits" VALUES('akorda','inbusiness','relay','2026-11-24',1,1,900000);
CREATE TABLE days_photos (
    outlet   TEXT NOT NULL,
    credit   TEXT NOT NULL,                         -- as written; '' where nobody is named
    day      TEXT NOT NULL,
    articles INTEGER NOT NULL,
    images   INTEGER NOT NULL,
    PRIMARY KEY (outlet, credit, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "days_photos" VALUES('akorda','','2026-11-24',1,1);
INSERT INTO "days_photos" VALUES('akorda','akorda.kz','2026-11-24',1,1);
CREATE TABLE days_published (
    outlet   TEXT NOT NULL,
    day      TEXT NOT NULL,
    articles INTEGER NOT NULL,
    read     INTEGER NOT NULL,                      -- for attribution
    named    INTEGER NOT NULL,                      -- … and another source than the outlet itself is in the chain
    PRIMARY KEY (outlet, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "days_published" VALUES('akorda','2026-11-24',1,1,1);
INSERT INTO "days_published" VALUES('akorda','2026-11-25',1,0,0);
CREATE TABLE days_seen (
    outlet       TEXT NOT NULL,
    day          TEXT NOT NULL,                     -- 2026-11-25
    articles     INTEGER NOT NULL,
    undated      INTEGER NOT NULL,                  -- no date of publication
    dated_by_day INTEGER NOT NULL,                  -- no time of day
    unread       INTEGER NOT NULL,                  -- not read for attribution
    sourceless   INTEGER NOT NULL,                  -- read, and nobody but the outlet named
    gone         INTEGER NOT NULL,                  -- taken down since
    PRIMARY KEY (outlet, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "days_seen" VALUES('akorda','2026-11-25',2,0,1,1,0,0);
CREATE TABLE derived (name TEXT PRIMARY KEY, made_of TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "derived" VALUES('dictionary','fa9529b012d8dcd8a7efd8bd6a2c737d96bed173ec265d35933f5c8dc153a4a5');
INSERT INTO "derived" VALUES('search','1');
INSERT INTO "derived" VALUES('topics','4160eea0ebf6fa00fde57a7d6437821f192c281b6bcfc55edae9c1764108b710');
CREATE TABLE dictionary (
    relation TEXT NOT NULL,                         -- the table or view
    kind     TEXT NOT NULL CHECK (kind IN ('table', 'view')),
    ordinal  INTEGER NOT NULL,                      -- place of the column; 0 is the table or view itself
    name     TEXT NOT NULL,                         -- the column
    meaning  TEXT NOT NULL,
    unit     TEXT NOT NULL,                         -- '' where there is none
    zone     TEXT NOT NULL,                         -- of a time; '' for what is none
    PRIMARY KEY (relation, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "dictionary" VALUES('addresses','table',0,'','Every address an article is known under.','','');
INSERT INTO "dictionary" VALUES('addresses','table',1,'url','an address in canonical spelling','','');
INSERT INTO "dictionary" VALUES('addresses','table',2,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('addresses','table',3,'first_seen','when it was first seen','time','UTC');
INSERT INTO "dictionary" VALUES('article_tags','table',0,'','An article''s tags, as last seen.','','');
INSERT INTO "dictionary" VALUES('article_tags','table',1,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('article_tags','table',2,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('article_tags','table',3,'tag_id','→ `tags`','','');
INSERT INTO "dictionary" VALUES('article_words','table',0,'','The search index (FTS5): the words of each article''s newest revision in dictionary form, Kazakh letters as Russian ones. Ask it through `jarshy search`, which brings words to the same form.','','');
INSERT INTO "dictionary" VALUES('article_words','table',1,'headline','words of the headline; `rowid` is `articles.id`','','');
INSERT INTO "dictionary" VALUES('article_words','table',2,'text','words of lead and body','','');
INSERT INTO "dictionary" VALUES('articles','table',0,'','One page in one language, whatever it says today.','','');
INSERT INTO "dictionary" VALUES('articles','table',1,'id','number of the article, in order of arrival','','');
INSERT INTO "dictionary" VALUES('articles','table',2,'guid','`urn:uuid:…`, made once, never changed','','');
INSERT INTO "dictionary" VALUES('articles','table',3,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('articles','table',4,'url','the address it was first read from','','');
INSERT INTO "dictionary" VALUES('articles','table',5,'canonical_url','its canonical address, → `addresses`','','');
INSERT INTO "dictionary" VALUES('articles','table',6,'lang','what the text is in','BCP 47','');
INSERT INTO "dictionary" VALUES('articles','table',7,'lang_declared','what the page said it was in','BCP 47','');
INSERT INTO "dictionary" VALUES('articles','table',8,'section','the outlet''s own section','','');
INSERT INTO "dictionary" VALUES('articles','table',9,'views','readers, as the page last counted them','readers','');
INSERT INTO "dictionary" VALUES('articles','table',10,'first_seen','when it was first seen','time','UTC');
INSERT INTO "dictionary" VALUES('articles','table',11,'last_seen','when the outlet last served it, changed or not','time','UTC');
INSERT INTO "dictionary" VALUES('articles','table',12,'gone_at','when the outlet first answered 404 or 410 for it','time','UTC');
INSERT INTO "dictionary" VALUES('articles','table',13,'folded_into','→ `articles`: the row whose page this one proved to be; views leave such rows out','','');
INSERT INTO "dictionary" VALUES('attributions','table',0,'','That a revision was read for attribution; without a row it was not yet.','','');
INSERT INTO "dictionary" VALUES('attributions','table',1,'revision_id','→ `revisions`','','');
INSERT INTO "dictionary" VALUES('attributions','table',2,'lang','the language whose rules read it','BCP 47','');
INSERT INTO "dictionary" VALUES('attributions','table',3,'photo','photo credit as written, without its label','','');
INSERT INTO "dictionary" VALUES('block_links','table',0,'','Links inside the body, as the revision was first seen.','','');
INSERT INTO "dictionary" VALUES('block_links','table',1,'revision_id','→ `blocks`','','');
INSERT INTO "dictionary" VALUES('block_links','table',2,'block_ordinal','→ `blocks`','','');
INSERT INTO "dictionary" VALUES('block_links','table',3,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('block_links','table',4,'url','absolute','','');
INSERT INTO "dictionary" VALUES('block_links','table',5,'text','the linked words','','');
INSERT INTO "dictionary" VALUES('blocks','table',0,'','The body in reading order.','','');
INSERT INTO "dictionary" VALUES('blocks','table',1,'revision_id','→ `revisions`','','');
INSERT INTO "dictionary" VALUES('blocks','table',2,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('blocks','table',3,'kind','`paragraph`, `subhead`, `item`, `quote`, `row` (of a table), `preformatted`','','');
INSERT INTO "dictionary" VALUES('blocks','table',4,'level','of a subhead: 2 for h2; otherwise 0','','');
INSERT INTO "dictionary" VALUES('blocks','table',5,'text','repaired text; cells of a row parted by " | "','','');
INSERT INTO "dictionary" VALUES('crawl_counts','table',0,'','What a crawl counted.','','');
INSERT INTO "dictionary" VALUES('crawl_counts','table',1,'crawl_id','→ `crawls`','','');
INSERT INTO "dictionary" VALUES('crawl_counts','table',2,'name','what was counted','','');
INSERT INTO "dictionary" VALUES('crawl_counts','table',3,'n','how many','','');
INSERT INTO "dictionary" VALUES('crawls','table',0,'','One run over one outlet.','','');
INSERT INTO "dictionary" VALUES('crawls','table',1,'id','number of the crawl','','');
INSERT INTO "dictionary" VALUES('crawls','table',2,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('crawls','table',3,'started_at','when it began','time','UTC');
INSERT INTO "dictionary" VALUES('crawls','table',4,'ended_at','when it ended; of an interrupted crawl its last request','time','UTC');
INSERT INTO "dictionary" VALUES('crawls','table',5,'outcome','what the runner said of it; `interrupted` if it never ended; empty while it runs','','');
INSERT INTO "dictionary" VALUES('crawls','table',6,'not_before_at','when the outlet asked to come back (`Retry-After`), where that ended the crawl','time','UTC');
INSERT INTO "dictionary" VALUES('credits','table',0,'','The chain, nearest the reader first, the origin last.','','');
INSERT INTO "dictionary" VALUES('credits','table',1,'revision_id','→ `attributions`','','');
INSERT INTO "dictionary" VALUES('credits','table',2,'part','`chain`, or `also` for origins named beside the first','','');
INSERT INTO "dictionary" VALUES('credits','table',3,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('credits','table',4,'source','→ `sources`','','');
INSERT INTO "dictionary" VALUES('credits','table',5,'name','as written, in its case','','');
INSERT INTO "dictionary" VALUES('credits','table',6,'role','`relay`, `via`, `origin`','','');
INSERT INTO "dictionary" VALUES('credits','table',7,'confidence','how sure the reading is','0 to 1','');
INSERT INTO "dictionary" VALUES('credits','table',8,'evidence','the sentence it was read from','','');
INSERT INTO "dictionary" VALUES('credits','table',9,'evidence_start','offset of its first character','characters','');
INSERT INTO "dictionary" VALUES('credits','table',10,'evidence_end','offset after its last; both 0 where nothing was read and the publisher stands as origin','characters','');
INSERT INTO "dictionary" VALUES('credits','table',11,'rule','the rule that read it','','');
INSERT INTO "dictionary" VALUES('credits','table',12,'url','where the page links the name','','');
INSERT INTO "dictionary" VALUES('days_credits','table',0,'','Whom dated articles credit in their chains, an outlet''s own name included.','','');
INSERT INTO "dictionary" VALUES('days_credits','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('days_credits','table',2,'source','→ `sources`','','');
INSERT INTO "dictionary" VALUES('days_credits','table',3,'role','`relay`, `via`, `origin`','','');
INSERT INTO "dictionary" VALUES('days_credits','table',4,'day','day of `published_at`','day, UTC','');
INSERT INTO "dictionary" VALUES('days_credits','table',5,'articles','how many','articles','');
INSERT INTO "dictionary" VALUES('days_credits','table',6,'links','links of their chains; one may name a source twice','links','');
INSERT INTO "dictionary" VALUES('days_credits','table',7,'confidence','sum over the links of how sure the readings are','millionths','');
INSERT INTO "dictionary" VALUES('days_photos','table',0,'','Whose pictures dated articles show.','','');
INSERT INTO "dictionary" VALUES('days_photos','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('days_photos','table',2,'credit','as written; '''' where nobody is named','','');
INSERT INTO "dictionary" VALUES('days_photos','table',3,'day','day of `published_at`','day, UTC','');
INSERT INTO "dictionary" VALUES('days_photos','table',4,'articles','how many','articles','');
INSERT INTO "dictionary" VALUES('days_photos','table',5,'images','how many pictures','images','');
INSERT INTO "dictionary" VALUES('days_published','table',0,'','Counts of dated articles by the day their newest revision prints.','','');
INSERT INTO "dictionary" VALUES('days_published','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('days_published','table',2,'day','day of `published_at`','day, UTC','');
INSERT INTO "dictionary" VALUES('days_published','table',3,'articles','how many','articles','');
INSERT INTO "dictionary" VALUES('days_published','table',4,'read','read for attribution','articles','');
INSERT INTO "dictionary" VALUES('days_published','table',5,'named','of these: another source than the outlet itself stands in the chain','articles','');
INSERT INTO "dictionary" VALUES('days_seen','table',0,'','Counts of articles by the day they were first seen. This and the four tables below are derived, kept in the articles'' own transactions, for questions over all time; `jarshy check` recounts them.','','');
INSERT INTO "dictionary" VALUES('days_seen','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('days_seen','table',2,'day','day of `articles.first_seen`','day, UTC','');
INSERT INTO "dictionary" VALUES('days_seen','table',3,'articles','how many','articles','');
INSERT INTO "dictionary" VALUES('days_seen','table',4,'undated','without a date of publication','articles','');
INSERT INTO "dictionary" VALUES('days_seen','table',5,'dated_by_day','dated without a time of day','articles','');
INSERT INTO "dictionary" VALUES('days_seen','table',6,'unread','not read for attribution','articles','');
INSERT INTO "dictionary" VALUES('days_seen','table',7,'sourceless','read, and nobody but the outlet named','articles','');
INSERT INTO "dictionary" VALUES('days_seen','table',8,'gone','taken down since','articles','');
INSERT INTO "dictionary" VALUES('derived','table',0,'','Of which state of its data something was derived.','','');
INSERT INTO "dictionary" VALUES('derived','table',1,'name','what was derived: `topics`, `search`, `dictionary`','','');
INSERT INTO "dictionary" VALUES('derived','table',2,'made_of','SHA-256 of the rules it was derived by; of `search` also how far it has come, while some articles are not in it yet','','');
INSERT INTO "dictionary" VALUES('dictionary','table',0,'','This list: what every column of every table and view holds, so that the file explains itself.','','');
INSERT INTO "dictionary" VALUES('dictionary','table',1,'relation','the table or view','','');
INSERT INTO "dictionary" VALUES('dictionary','table',2,'kind','`table` or `view`','','');
INSERT INTO "dictionary" VALUES('dictionary','table',3,'ordinal','place of the column; 0 is the table or view itself','','');
INSERT INTO "dictionary" VALUES('dictionary','table',4,'name','the column; empty for the table or view itself','','');
INSERT INTO "dictionary" VALUES('dictionary','table',5,'meaning','what it holds','','');
INSERT INTO "dictionary" VALUES('dictionary','table',6,'unit','what it is counted or written in; `time` is ISO 8601 text, whole seconds; empty where there is none','','');
INSERT INTO "dictionary" VALUES('dictionary','table',7,'zone','time zone of a time; empty for what is none','','');
INSERT INTO "dictionary" VALUES('facets','table',0,'','What an article may be chosen for by an edition, derived from the article and kept in step by the store; no row for one that proved to be another''s page.','','');
INSERT INTO "dictionary" VALUES('facets','table',1,'article_id','the article','','');
INSERT INTO "dictionary" VALUES('facets','table',2,'kind','`all`, `language`, `outlet`, `topic`, `source` (credited by it), `first-hand` (its outlet is the origin)','','');
INSERT INTO "dictionary" VALUES('facets','table',3,'value','of that kind: `kk`, `akorda`, `economy`; empty for `all` and `first-hand`','','');
INSERT INTO "dictionary" VALUES('facets','table',4,'changed_at','when its newest revision was seen','time','UTC');
INSERT INTO "dictionary" VALUES('fetches','table',0,'','One request and what came of it.','','');
INSERT INTO "dictionary" VALUES('fetches','table',1,'id','number of the request','','');
INSERT INTO "dictionary" VALUES('fetches','table',2,'crawl_id','→ `crawls`','','');
INSERT INTO "dictionary" VALUES('fetches','table',3,'kind','`article`, `listing`, `feed`, `sitemap`','','');
INSERT INTO "dictionary" VALUES('fetches','table',4,'url','as asked for','','');
INSERT INTO "dictionary" VALUES('fetches','table',5,'address','the same in canonical spelling','','');
INSERT INTO "dictionary" VALUES('fetches','table',6,'final_url','after redirects','','');
INSERT INTO "dictionary" VALUES('fetches','table',7,'at','when it was answered','time','UTC');
INSERT INTO "dictionary" VALUES('fetches','table',8,'status','HTTP status; 0 when no answer came','','');
INSERT INTO "dictionary" VALUES('fetches','table',9,'etag','validator, as sent','','');
INSERT INTO "dictionary" VALUES('fetches','table',10,'last_modified','validator, as sent: an HTTP date','','');
INSERT INTO "dictionary" VALUES('fetches','table',11,'content_type','as sent','','');
INSERT INTO "dictionary" VALUES('fetches','table',12,'charset','the encoding the text was decoded with','','');
INSERT INTO "dictionary" VALUES('fetches','table',13,'size','length of the body','bytes','');
INSERT INTO "dictionary" VALUES('fetches','table',14,'sha256','of the body, hexadecimal','','');
INSERT INTO "dictionary" VALUES('fetches','table',15,'error','why no usable answer came','','');
INSERT INTO "dictionary" VALUES('fetches','table',16,'parsed','1 if it was read without loss, so that its validators may be sent next time','0 or 1','');
INSERT INTO "dictionary" VALUES('fetches','table',17,'archive_file','the WARC that holds the answer: a name in the folder of archives, or a path elsewhere; empty where it was not kept','','');
INSERT INTO "dictionary" VALUES('fetches','table',18,'archive_offset','from the begin of that file to its record','bytes','');
INSERT INTO "dictionary" VALUES('health_changes','table',0,'','Every change of an outlet''s state into or out of `ill`.','','');
INSERT INTO "dictionary" VALUES('health_changes','table',1,'id','number of the change','','');
INSERT INTO "dictionary" VALUES('health_changes','table',2,'guid','`urn:uuid:…`, made once, never changed: of the entry in `health.xml`','','');
INSERT INTO "dictionary" VALUES('health_changes','table',3,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('health_changes','table',4,'at','when it was noticed','time','UTC');
INSERT INTO "dictionary" VALUES('health_changes','table',5,'before','the state before','','');
INSERT INTO "dictionary" VALUES('health_changes','table',6,'state','the state since','','');
INSERT INTO "dictionary" VALUES('health_changes','table',7,'why','what was wrong','','');
INSERT INTO "dictionary" VALUES('health_changes','table',8,'told_at','when the webhook or the command took it; empty until then','time','UTC');
INSERT INTO "dictionary" VALUES('images','table',0,'','The pictures of an article, as last seen.','','');
INSERT INTO "dictionary" VALUES('images','table',1,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('images','table',2,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('images','table',3,'url','absolute','','');
INSERT INTO "dictionary" VALUES('images','table',4,'alt','the page''s text for who cannot see it','','');
INSERT INTO "dictionary" VALUES('images','table',5,'caption','as written','','');
INSERT INTO "dictionary" VALUES('images','table',6,'credit','as written, without its label (`Фото:`)','','');
INSERT INTO "dictionary" VALUES('means','table',0,'','How each field was read.','','');
INSERT INTO "dictionary" VALUES('means','table',1,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('means','table',2,'field','`headline`, `published` …','','');
INSERT INTO "dictionary" VALUES('means','table',3,'means','`layout`, `json-ld`, `meta` …','','');
INSERT INTO "dictionary" VALUES('near_copies','table',0,'','Articles whose text is largely in another''s that came before it: reprints, whole or cut. The same page''s later state is a revision, and the same event told otherwise is a story; neither makes a near-copy.','','');
INSERT INTO "dictionary" VALUES('near_copies','table',1,'article_id','→ `articles`: the copy','','');
INSERT INTO "dictionary" VALUES('near_copies','table',2,'of_id','→ `articles`: what came before it','','');
INSERT INTO "dictionary" VALUES('near_copies','table',3,'containment','share of the shorter text''s runs of three words that the other has; 0.3 or more','0 to 1','');
INSERT INTO "dictionary" VALUES('near_copies','table',4,'jaccard','share of the runs of both together that both have','0 to 1','');
INSERT INTO "dictionary" VALUES('outlet_health','table',0,'','What is thought of an outlet since its last crawl, by the rules of `pipelines/health`.','','');
INSERT INTO "dictionary" VALUES('outlet_health','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('outlet_health','table',2,'state','`new` (too young to be judged by its habits), `well`, `ill`, `retired` (declared no more)','','');
INSERT INTO "dictionary" VALUES('outlet_health','table',3,'since_at','when it came into this state','time','UTC');
INSERT INTO "dictionary" VALUES('outlet_health','table',4,'why','what is wrong, the reasons parted by `; `','','');
INSERT INTO "dictionary" VALUES('outlet_health','table',5,'checked_at','when it was judged','time','UTC');
INSERT INTO "dictionary" VALUES('outlet_health','table',6,'succeeded_at','end of its last crawl that did not fail','time','UTC');
INSERT INTO "dictionary" VALUES('outlet_health','table',7,'failures','failed crawls in a row, those within a quarter of an hour counted once','','');
INSERT INTO "dictionary" VALUES('outlet_health','table',8,'failed_at','the last failure that was counted','time','UTC');
INSERT INTO "dictionary" VALUES('outlet_health','table',9,'next_try_at','before then a run leaves the outlet alone','time','UTC');
INSERT INTO "dictionary" VALUES('outlet_health','table',10,'yield','new articles in the last `span_days`','articles','');
INSERT INTO "dictionary" VALUES('outlet_health','table',11,'habit','what that usually is','articles','');
INSERT INTO "dictionary" VALUES('outlet_health','table',12,'span_days','1, or 7 where a day brings too few','days','');
INSERT INTO "dictionary" VALUES('outlet_hosts','table',0,'','Every host that serves an outlet.','','');
INSERT INTO "dictionary" VALUES('outlet_hosts','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('outlet_hosts','table',2,'ordinal','1 is the canonical host','','');
INSERT INTO "dictionary" VALUES('outlet_hosts','table',3,'host','a host that serves the outlet','','');
INSERT INTO "dictionary" VALUES('outlet_languages','table',0,'','The languages an outlet writes in.','','');
INSERT INTO "dictionary" VALUES('outlet_languages','table',1,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('outlet_languages','table',2,'ordinal','1 is the usual language','','');
INSERT INTO "dictionary" VALUES('outlet_languages','table',3,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('outlets','table',0,'','The sites we crawl, as declared.','','');
INSERT INTO "dictionary" VALUES('outlets','table',1,'name','the spider''s name: `akorda`','','');
INSERT INTO "dictionary" VALUES('outlets','table',2,'title','what readers see','','');
INSERT INTO "dictionary" VALUES('outlets','table',3,'home','address of its front page','','');
INSERT INTO "dictionary" VALUES('outlets','table',4,'zone','IANA zone its pages are dated in','','');
INSERT INTO "dictionary" VALUES('outlets','table',5,'terms','how much may be republished: `full`, `excerpt`, `headline`','','');
INSERT INTO "dictionary" VALUES('outlets','table',6,'rights','its rights statement, as feeds print it','','');
INSERT INTO "dictionary" VALUES('outlets','table',7,'source','its identity in `sources`','','');
INSERT INTO "dictionary" VALUES('outlets','table',8,'country','where it is at home','ISO 3166-1 alpha-2','');
INSERT INTO "dictionary" VALUES('problems','table',0,'','Something that could not be read.','','');
INSERT INTO "dictionary" VALUES('problems','table',1,'id','number of the problem','','');
INSERT INTO "dictionary" VALUES('problems','table',2,'fetch_id','→ `fetches`','','');
INSERT INTO "dictionary" VALUES('problems','table',3,'url','the page','','');
INSERT INTO "dictionary" VALUES('problems','table',4,'field','what could not be read: `headline`, `published`, `fetch` …','','');
INSERT INTO "dictionary" VALUES('problems','table',5,'why','the reason','','');
INSERT INTO "dictionary" VALUES('quotes','table',0,'','Who is quoted saying what.','','');
INSERT INTO "dictionary" VALUES('quotes','table',1,'revision_id','→ `attributions`','','');
INSERT INTO "dictionary" VALUES('quotes','table',2,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('quotes','table',3,'speaker','as written','','');
INSERT INTO "dictionary" VALUES('quotes','table',4,'person','resolved; empty where that would be a guess','','');
INSERT INTO "dictionary" VALUES('quotes','table',5,'text','the words quoted','','');
INSERT INTO "dictionary" VALUES('quotes','table',6,'verb','the verb that introduces them','','');
INSERT INTO "dictionary" VALUES('quotes','table',7,'quote_start','offset of the first character','characters','');
INSERT INTO "dictionary" VALUES('quotes','table',8,'quote_end','offset after the last','characters','');
INSERT INTO "dictionary" VALUES('quotes','table',9,'search','speaker and person in search spelling','','');
INSERT INTO "dictionary" VALUES('revisions','table',0,'','One state of an article.','','');
INSERT INTO "dictionary" VALUES('revisions','table',1,'id','number of the row','','');
INSERT INTO "dictionary" VALUES('revisions','table',2,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('revisions','table',3,'number','1 for the first state; the highest is today''s','','');
INSERT INTO "dictionary" VALUES('revisions','table',4,'fetch_id','→ `fetches`: the request that brought it','','');
INSERT INTO "dictionary" VALUES('revisions','table',5,'seen_at','when it was first seen','time','UTC');
INSERT INTO "dictionary" VALUES('revisions','table',6,'reason','`new`, or what changed','','');
INSERT INTO "dictionary" VALUES('revisions','table',7,'content_hash','SHA-256 of headline, lead and body, folded; hexadecimal','','');
INSERT INTO "dictionary" VALUES('revisions','table',8,'headline','repaired text','','');
INSERT INTO "dictionary" VALUES('revisions','table',9,'headline_found','as the page had it','','');
INSERT INTO "dictionary" VALUES('revisions','table',10,'lead','repaired text','','');
INSERT INTO "dictionary" VALUES('revisions','table',11,'lead_found','as the page had it','','');
INSERT INTO "dictionary" VALUES('revisions','table',12,'body_found','as the page had it; the repaired body is in `blocks`','','');
INSERT INTO "dictionary" VALUES('revisions','table',13,'author','byline','','');
INSERT INTO "dictionary" VALUES('revisions','table',14,'published_at','when the page says it was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('revisions','table',15,'published_precision','`second`, `minute`, `day`','','');
INSERT INTO "dictionary" VALUES('revisions','table',16,'published_zone','IANA zone it was read in','','');
INSERT INTO "dictionary" VALUES('revisions','table',17,'published_raw','the text it was read from','','');
INSERT INTO "dictionary" VALUES('revisions','table',18,'modified_at','when the page says it was changed, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('revisions','table',19,'modified_precision','`second`, `minute`, `day`','','');
INSERT INTO "dictionary" VALUES('revisions','table',20,'modified_zone','IANA zone it was read in','','');
INSERT INTO "dictionary" VALUES('revisions','table',21,'modified_raw','the text it was read from','','');
INSERT INTO "dictionary" VALUES('revisions','table',22,'search','headline, lead and body in search spelling','','');
INSERT INTO "dictionary" VALUES('sources','table',0,'','Whoever an article credits: one row an identity.','','');
INSERT INTO "dictionary" VALUES('sources','table',1,'key','the stable identity: `akorda`','','');
INSERT INTO "dictionary" VALUES('sources','table',2,'name','the name for people: the register''s, or the first that was seen','','');
INSERT INTO "dictionary" VALUES('sources','table',3,'kind','what it is, in the words of the attribution register; `unknown` until it says','','');
INSERT INTO "dictionary" VALUES('sources','table',4,'wikidata','its Wikidata item, `Q…`','','');
INSERT INTO "dictionary" VALUES('sources','table',5,'first_seen','when it was first credited or declared','time','UTC');
INSERT INTO "dictionary" VALUES('stories','table',0,'','The articles about one event.','','');
INSERT INTO "dictionary" VALUES('stories','table',1,'id','number of the story','','');
INSERT INTO "dictionary" VALUES('stories','table',2,'guid','`urn:uuid:…`, made once, never changed','','');
INSERT INTO "dictionary" VALUES('stories','table',3,'created_at','when it was made','time','UTC');
INSERT INTO "dictionary" VALUES('stories','table',4,'merged_into','→ `stories`: where its members went; such a story has none','','');
INSERT INTO "dictionary" VALUES('stories','table',5,'merged_at','when its members went','time','UTC');
INSERT INTO "dictionary" VALUES('stories','table',6,'merge_why','the reason','','');
INSERT INTO "dictionary" VALUES('story_changes','table',0,'','Every merge and split of stories.','','');
INSERT INTO "dictionary" VALUES('story_changes','table',1,'id','number','','');
INSERT INTO "dictionary" VALUES('story_changes','table',2,'at','when it happened','time','UTC');
INSERT INTO "dictionary" VALUES('story_changes','table',3,'kind','`merge`: all members of one story went to another; `split`: an article was taken out of one','','');
INSERT INTO "dictionary" VALUES('story_changes','table',4,'story_id','→ `stories`: the one that lost its members, or one of them','','');
INSERT INTO "dictionary" VALUES('story_changes','table',5,'other_id','→ `stories`: the one that has them since','','');
INSERT INTO "dictionary" VALUES('story_changes','table',6,'article_id','→ `articles`: the article that was split off; empty for a merge','','');
INSERT INTO "dictionary" VALUES('story_changes','table',7,'why','the reason','','');
INSERT INTO "dictionary" VALUES('story_members','table',0,'','Which article is in which story, and why.','','');
INSERT INTO "dictionary" VALUES('story_members','table',1,'article_id','→ `articles`; an article is in one story at most','','');
INSERT INTO "dictionary" VALUES('story_members','table',2,'story_id','→ `stories`','','');
INSERT INTO "dictionary" VALUES('story_members','table',3,'joined_at','when the article joined','time','UTC');
INSERT INTO "dictionary" VALUES('story_members','table',4,'reason','the rule that decided: `first`, `translation`, …','','');
INSERT INTO "dictionary" VALUES('story_members','table',5,'evidence','what the rule saw, the weightiest first, each with its weight in log-odds: `person tokayev +0.7; …`','','');
INSERT INTO "dictionary" VALUES('story_members','table',6,'nearest_id','→ `articles`: the one that the evidence compares it with','','');
INSERT INTO "dictionary" VALUES('tags','table',0,'','The words that outlets file articles under.','','');
INSERT INTO "dictionary" VALUES('tags','table',1,'id','number of the tag','','');
INSERT INTO "dictionary" VALUES('tags','table',2,'name','as the outlet writes it','','');
INSERT INTO "dictionary" VALUES('told','table',0,'','The articles of each story side by side, a narrow row an article, as their newest revisions have it.','','');
INSERT INTO "dictionary" VALUES('told','table',1,'story_id','→ `stories`','','');
INSERT INTO "dictionary" VALUES('told','table',2,'outlet','→ `outlets`','','');
INSERT INTO "dictionary" VALUES('told','table',3,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('told','table',4,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('told','table',5,'published_at','when the page says it was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('told','table',6,'published_precision','`second`, `minute`, `day`','','');
INSERT INTO "dictionary" VALUES('told','table',7,'origin','→ `sources`: the origin that its chain names; empty where none was read','','');
INSERT INTO "dictionary" VALUES('translations','table',0,'','What an article says of itself in other languages.','','');
INSERT INTO "dictionary" VALUES('translations','table',1,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('translations','table',2,'ordinal','from 1','','');
INSERT INTO "dictionary" VALUES('translations','table',3,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('translations','table',4,'url','canonical; found in `addresses` once we hold that article','','');
INSERT INTO "dictionary" VALUES('unsettled','table',0,'','Articles that have come and wait to be compared with the others; each has a story of its own meanwhile.','','');
INSERT INTO "dictionary" VALUES('unsettled','table',1,'article_id','→ `articles`','','');
INSERT INTO "dictionary" VALUES('v_articles','view',0,'','Every article with its newest revision and its story.','','');
INSERT INTO "dictionary" VALUES('v_articles','view',1,'article_id','`articles.id`','','');
INSERT INTO "dictionary" VALUES('v_articles','view',2,'guid','`articles.guid`','','');
INSERT INTO "dictionary" VALUES('v_articles','view',3,'outlet','`outlets.name`','','');
INSERT INTO "dictionary" VALUES('v_articles','view',4,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('v_articles','view',5,'revision','number of the newest revision','','');
INSERT INTO "dictionary" VALUES('v_articles','view',6,'headline','of the newest revision','','');
INSERT INTO "dictionary" VALUES('v_articles','view',7,'lead','of the newest revision','','');
INSERT INTO "dictionary" VALUES('v_articles','view',8,'author','of the newest revision','','');
INSERT INTO "dictionary" VALUES('v_articles','view',9,'published_at','when the page says it was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('v_articles','view',10,'published_precision','`second`, `minute`, `day`','','');
INSERT INTO "dictionary" VALUES('v_articles','view',11,'section','the outlet''s own','','');
INSERT INTO "dictionary" VALUES('v_articles','view',12,'views','readers, as last counted','readers','');
INSERT INTO "dictionary" VALUES('v_articles','view',13,'canonical_url','its canonical address','','');
INSERT INTO "dictionary" VALUES('v_articles','view',14,'first_seen','when it was first seen','time','UTC');
INSERT INTO "dictionary" VALUES('v_articles','view',15,'last_seen','when the outlet last served it','time','UTC');
INSERT INTO "dictionary" VALUES('v_articles','view',16,'revised_at','when the newest later revision was seen; empty for an article never changed','time','UTC');
INSERT INTO "dictionary" VALUES('v_articles','view',17,'gone_at','when the outlet first answered 404 or 410 for it','time','UTC');
INSERT INTO "dictionary" VALUES('v_articles','view',18,'story','`stories.guid`','','');
INSERT INTO "dictionary" VALUES('v_articles','view',19,'search','headline, lead and body in search spelling','','');
INSERT INTO "dictionary" VALUES('v_articles','view',20,'revision_id','`revisions.id` of the newest','','');
INSERT INTO "dictionary" VALUES('v_chain','view',0,'','One row a link of an article''s chain.','','');
INSERT INTO "dictionary" VALUES('v_chain','view',1,'article_id','`articles.id`','','');
INSERT INTO "dictionary" VALUES('v_chain','view',2,'outlet','who published the article','','');
INSERT INTO "dictionary" VALUES('v_chain','view',3,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('v_chain','view',4,'headline','of the article','','');
INSERT INTO "dictionary" VALUES('v_chain','view',5,'canonical_url','of the article','','');
INSERT INTO "dictionary" VALUES('v_chain','view',6,'published_at','when the page says it was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('v_chain','view',7,'first_seen','when it was first seen','time','UTC');
INSERT INTO "dictionary" VALUES('v_chain','view',8,'story','`stories.guid`','','');
INSERT INTO "dictionary" VALUES('v_chain','view',9,'ordinal','1 is nearest the reader','','');
INSERT INTO "dictionary" VALUES('v_chain','view',10,'role','`relay`, `via`, `origin`','','');
INSERT INTO "dictionary" VALUES('v_chain','view',11,'source','`sources.key`','','');
INSERT INTO "dictionary" VALUES('v_chain','view',12,'source_name','`sources.name`','','');
INSERT INTO "dictionary" VALUES('v_chain','view',13,'name','as written','','');
INSERT INTO "dictionary" VALUES('v_chain','view',14,'confidence','how sure the reading is','0 to 1','');
INSERT INTO "dictionary" VALUES('v_chain','view',15,'evidence','the sentence it was read from','','');
INSERT INTO "dictionary" VALUES('v_chain','view',16,'rule','the rule that read it','','');
INSERT INTO "dictionary" VALUES('v_chain','view',17,'url','where the page links the name','','');
INSERT INTO "dictionary" VALUES('v_chain','view',18,'own','1 where the outlet names itself','0 or 1','');
INSERT INTO "dictionary" VALUES('v_newest','view',0,'','One row: when anything last changed. The worked questions count their 30 days back from it.','','');
INSERT INTO "dictionary" VALUES('v_newest','view',1,'at','when the newest revision of any article was seen','time','UTC');
INSERT INTO "dictionary" VALUES('v_problems','view',0,'','Every problem with the request it arose from.','','');
INSERT INTO "dictionary" VALUES('v_problems','view',1,'problem_id','`problems.id`','','');
INSERT INTO "dictionary" VALUES('v_problems','view',2,'outlet','the outlet crawled','','');
INSERT INTO "dictionary" VALUES('v_problems','view',3,'crawl_id','`crawls.id`','','');
INSERT INTO "dictionary" VALUES('v_problems','view',4,'at','time of the request','time','UTC');
INSERT INTO "dictionary" VALUES('v_problems','view',5,'kind','of the request','','');
INSERT INTO "dictionary" VALUES('v_problems','view',6,'status','HTTP status; 0 when no answer came','','');
INSERT INTO "dictionary" VALUES('v_problems','view',7,'url','the page','','');
INSERT INTO "dictionary" VALUES('v_problems','view',8,'field','what could not be read','','');
INSERT INTO "dictionary" VALUES('v_problems','view',9,'why','the reason','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',0,'','Who said what in which article.','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',1,'article_id','`articles.id`','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',2,'outlet','who published the article','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',3,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('v_quotes','view',4,'headline','of the article','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',5,'canonical_url','of the article','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',6,'published_at','when the page says it was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('v_quotes','view',7,'first_seen','when it was first seen','time','UTC');
INSERT INTO "dictionary" VALUES('v_quotes','view',8,'story','`stories.guid`','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',9,'ordinal','from 1, in the article','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',10,'speaker','as written','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',11,'person','resolved, or empty','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',12,'verb','the verb that introduces the words','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',13,'text','the words','','');
INSERT INTO "dictionary" VALUES('v_quotes','view',14,'search','speaker and person in search spelling','','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',0,'','How fast an outlet passes on what another reported: one row a pair, from `v_relays`. It reads every relay; for a span of time ask `relay_lag.sql`.','','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',1,'outlet','who passed it on','','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',2,'held_outlet','whose own article it followed','','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',3,'articles','how many articles did','articles','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',4,'timed','those where both pages print a time of day, and the credited one came first: the minutes are of these','articles','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',5,'earlier','those that bear an earlier time than what they credit: a clock, an edit or a reading is wrong','articles','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',6,'median_minutes','half of the timed ones took no longer; empty where none is timed','minutes','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',7,'mean_minutes','their mean','minutes','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',8,'fastest_minutes','the shortest','minutes','');
INSERT INTO "dictionary" VALUES('v_relay_speed','view',9,'slowest_minutes','the longest','minutes','');
INSERT INTO "dictionary" VALUES('v_relays','view',0,'','Who relayed whom, how long after: one row a link of the chain that names an outlet whose own article on the same story is held (in the article''s language if there is one, else its earliest).','','');
INSERT INTO "dictionary" VALUES('v_relays','view',1,'article_id','`articles.id` of the article that credits','','');
INSERT INTO "dictionary" VALUES('v_relays','view',2,'outlet','who published it','','');
INSERT INTO "dictionary" VALUES('v_relays','view',3,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('v_relays','view',4,'headline','of the article','','');
INSERT INTO "dictionary" VALUES('v_relays','view',5,'canonical_url','of the article','','');
INSERT INTO "dictionary" VALUES('v_relays','view',6,'published_at','when the page says it was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('v_relays','view',7,'story','`stories.guid`','','');
INSERT INTO "dictionary" VALUES('v_relays','view',8,'ordinal','place of the link in the chain; 1 is nearest the reader','','');
INSERT INTO "dictionary" VALUES('v_relays','view',9,'role','`relay`, `origin`','','');
INSERT INTO "dictionary" VALUES('v_relays','view',10,'source','`sources.key` of the outlet credited','','');
INSERT INTO "dictionary" VALUES('v_relays','view',11,'held_outlet','`outlets.name` of the outlet credited','','');
INSERT INTO "dictionary" VALUES('v_relays','view',12,'held_url','canonical URL of its own article','','');
INSERT INTO "dictionary" VALUES('v_relays','view',13,'held_published_at','when that was published, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('v_relays','view',14,'lag_seconds','from its article to this one; NULL where either is dated by the day alone','seconds','');
INSERT INTO "dictionary" VALUES('v_relays','view',15,'contested','1 where its article came later and credits this outlet in turn, else 0','0 or 1','');
INSERT INTO "dictionary" VALUES('v_timeline','view',0,'','A story told in order, by two clocks: when an outlet says it published, and when we saw it. One row a state of an article, and one where it was taken down. `ORDER BY coalesce(published_at, seen_at)` for one story.','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',1,'story','`stories.guid`','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',2,'article_id','`articles.id`','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',3,'outlet','who published it','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',4,'lang','language','BCP 47','');
INSERT INTO "dictionary" VALUES('v_timeline','view',5,'what','`report`, `correction` (a later state), `taken down`','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',6,'published_at','as this state prints it, to its precision','time','UTC');
INSERT INTO "dictionary" VALUES('v_timeline','view',7,'published_precision','`second`, `minute`, `day`','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',8,'seen_at','when we first saw this state','time','UTC');
INSERT INTO "dictionary" VALUES('v_timeline','view',9,'revision','number of the state; 1 is the first','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',10,'headline','of this state','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',11,'why','what changed: `new`, `changed: headline, body`','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',12,'origin','`sources.key` of the origin it names; empty where none was read','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',13,'relayed_from','`outlets.name` of the nearest outlet it credits whose own article the story holds','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',14,'lag_seconds','from that article to this one; empty where either is dated by the day alone','seconds','');
INSERT INTO "dictionary" VALUES('v_timeline','view',15,'copy_of','`articles.id` of what its text is a near-copy of','','');
INSERT INTO "dictionary" VALUES('v_timeline','view',16,'canonical_url','of the article','','');
CREATE TABLE facets (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            kind       TEXT NOT NULL,   -- 'all', 'language', 'outlet', 'topic', 'source', 'first-hand'
            value      TEXT NOT NULL,   -- of that kind; '' where there is but one
            changed_at TEXT NOT NULL,   -- when the article's newest revision was seen
            PRIMARY KEY (article_id, kind, value)
        ) STRICT, WITHOUT ROWID
        ;
INSERT INTO "facets" VALUES(1,'all','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'all','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'first-hand','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'first-hand','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'language','kk','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'language','kk','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'outlet','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'outlet','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'source','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'source','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'source','inbusiness','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'source','kaztag','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'topic','environment','2026-11-25T09:00:00Z');
CREATE TABLE fetches (
    id            INTEGER PRIMARY KEY,
    crawl_id      INTEGER NOT NULL REFERENCES crawls (id),
    kind          TEXT NOT NULL CHECK (kind IN ('article', 'listing', 'feed', 'sitemap')),
    url           TEXT NOT NULL,                    -- as asked for
    address       TEXT NOT NULL,                    -- the same in canonical spelling, by which it is looked up
    final_url     TEXT,                             -- after redirects
    at            TEXT NOT NULL,
    status        INTEGER NOT NULL,                 -- HTTP status; 0 when no answer came
    etag          TEXT,                             -- as sent by the server
    last_modified TEXT,                             -- as sent by the server (an HTTP date)
    content_type  TEXT,
    charset       TEXT,                             -- the one the text was decoded with
    size          INTEGER NOT NULL,                 -- bytes of the body
    sha256        TEXT,                             -- of the body, hexadecimal
    error         TEXT,
    parsed        INTEGER NOT NULL CHECK (parsed IN (0, 1)) -- 1: read without loss, so its validators may be sent
, archive_file TEXT, archive_offset INTEGER CHECK ((archive_file IS NULL) = (archive_offset IS NULL))) STRICT;
INSERT INTO "fetches" VALUES(1,1,'article','https://www.akorda.kz/kk/tolyk-7','https://www.akorda.kz/kk/tolyk-7',NULL,'2026-11-25T09:00:00Z',200,NULL,NULL,NULL,NULL,0,NULL,NULL,1,NULL,NULL);
INSERT INTO "fetches" VALUES(2,1,'article','https://www.akorda.kz/kk/su-1','https://www.akorda.kz/kk/su-1',NULL,'2026-11-25T09:00:00Z',200,NULL,NULL,NULL,NULL,0,NULL,NULL,1,NULL,NULL);
INSERT INTO "fetches" VALUES(3,1,'article','https://www.akorda.kz/kk/gone-9','https://www.akorda.kz/kk/gone-9',NULL,'2026-11-25T09:00:00Z',404,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,NULL);
CREATE TABLE health_changes (
    id      INTEGER PRIMARY KEY,
    guid    TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    outlet  TEXT NOT NULL REFERENCES outlets (name),
    at      TEXT NOT NULL,
    before  TEXT NOT NULL,
    state   TEXT NOT NULL,
    why     TEXT NOT NULL,
    told_at TEXT                                    -- when whoever is to know was told; NULL until then
) STRICT;
INSERT INTO "health_changes" VALUES(1,'urn:uuid:6bc00fba-df90-46e6-bce0-cb5a9a50d44a','akorda','2026-11-25T12:00:00Z','new','ill','the last crawl failed: status 503 (of 1 requests)',NULL);
INSERT INTO "health_changes" VALUES(2,'urn:uuid:d8a353d9-679c-43f5-aa40-b4c8decf524c','akorda','2026-11-25T12:00:00Z','ill','new','',NULL);
CREATE TABLE images (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    url        TEXT NOT NULL,
    alt        TEXT NOT NULL,
    caption    TEXT NOT NULL,
    credit     TEXT,                                -- as written, without its label ("Фото:")
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "images" VALUES(1,1,'https://www.akorda.kz/a.jpg','Зал','Жиын','akorda.kz');
INSERT INTO "images" VALUES(1,2,'https://www.akorda.kz/b.jpg','','',NULL);
CREATE TABLE means (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    field      TEXT NOT NULL,
    means      TEXT NOT NULL,
    PRIMARY KEY (article_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "means" VALUES(1,'headline','layout');
INSERT INTO "means" VALUES(1,'published','json-ld');
CREATE TABLE near_copies (
    article_id  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    of_id       INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    containment REAL NOT NULL,                      -- share of the shorter text's runs of three words
    jaccard     REAL NOT NULL,                      -- … of the runs of both
    PRIMARY KEY (article_id, of_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE outlet_health (
    outlet       TEXT PRIMARY KEY REFERENCES outlets (name),
    state        TEXT NOT NULL CHECK (state IN ('new', 'well', 'ill', 'retired')),
    since_at     TEXT NOT NULL,                     -- when it came into this state
    why          TEXT NOT NULL,                     -- what is wrong, one reason after the other
    checked_at   TEXT NOT NULL,
    succeeded_at TEXT,                              -- end of its last crawl that did not fail
    failures     INTEGER NOT NULL,                  -- failed crawls in a row, those of one quarter of an hour as one
    failed_at    TEXT,                              -- the last of them that was counted
    next_try_at  TEXT,                              -- before then a run leaves it alone
    yield        INTEGER,                           -- articles in the last day, or week where a day brings too few
    habit        REAL,                              -- what that is usually
    span_days    INTEGER CHECK (span_days IN (1, 7))
) STRICT, WITHOUT ROWID;
INSERT INTO "outlet_health" VALUES('akorda','new','2026-11-25T12:00:00Z','','2026-11-25T12:00:00Z','2026-11-25T12:00:00Z',0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE outlet_hosts (
    outlet  TEXT NOT NULL REFERENCES outlets (name) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 is the canonical host
    host    TEXT NOT NULL,
    PRIMARY KEY (outlet, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "outlet_hosts" VALUES('akorda',1,'www.akorda.kz');
INSERT INTO "outlet_hosts" VALUES('akorda',2,'akorda.kz');
INSERT INTO "outlet_hosts" VALUES('akorda',3,'mirror.akorda.kz');
INSERT INTO "outlet_hosts" VALUES('inbusiness',1,'inbusiness.kz');
INSERT INTO "outlet_hosts" VALUES('inbusiness',2,'www.inbusiness.kz');
CREATE TABLE outlet_languages (
    outlet  TEXT NOT NULL REFERENCES outlets (name) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 is the usual one
    lang    TEXT NOT NULL,
    PRIMARY KEY (outlet, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "outlet_languages" VALUES('akorda',1,'kk');
INSERT INTO "outlet_languages" VALUES('akorda',2,'ru');
INSERT INTO "outlet_languages" VALUES('akorda',3,'en');
INSERT INTO "outlet_languages" VALUES('inbusiness',1,'ru');
INSERT INTO "outlet_languages" VALUES('inbusiness',2,'kk');
CREATE TABLE outlets (
    name    TEXT PRIMARY KEY,                       -- the spider's name: "akorda"
    title   TEXT NOT NULL,
    home    TEXT NOT NULL,
    zone    TEXT NOT NULL,                          -- IANA name of the zone its pages are dated in
    terms   TEXT NOT NULL CHECK (terms IN ('full', 'excerpt', 'headline')),
    rights  TEXT NOT NULL,                          -- rights statement, as the feed prints it
    source  TEXT REFERENCES sources (key),          -- its identity among the sources
    country TEXT NOT NULL                           -- ISO 3166-1 alpha-2
) STRICT;
INSERT INTO "outlets" VALUES('akorda','Akorda','https://www.akorda.kz','Asia/Almaty','full','© Ақорда','akorda','KZ');
INSERT INTO "outlets" VALUES('inbusiness','inbusiness.kz','https://inbusiness.kz','Asia/Almaty','excerpt','','inbusiness','KZ');
CREATE TABLE problems (
    id       INTEGER PRIMARY KEY,
    fetch_id INTEGER NOT NULL REFERENCES fetches (id) ON DELETE CASCADE,
    url      TEXT NOT NULL,
    field    TEXT NOT NULL,                         -- "headline", "published", "fetch" …
    why      TEXT NOT NULL
) STRICT;
INSERT INTO "problems" VALUES(1,2,'https://www.akorda.kz/kk/su-1','author','no name in it');
CREATE TABLE quotes (
    revision_id INTEGER NOT NULL REFERENCES attributions (revision_id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    speaker     TEXT NOT NULL,                      -- as written
    person      TEXT,                               -- resolved; NULL where that would be a guess
    text        TEXT NOT NULL,                      -- the words quoted
    verb        TEXT NOT NULL,
    quote_start INTEGER NOT NULL,                   -- characters from the start of the text that was read
    quote_end   INTEGER NOT NULL,
    search      TEXT NOT NULL,                      -- speaker and person in search spelling
    PRIMARY KEY (revision_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "quotes" VALUES(1,1,'Тоқаевтың','tokayev','Су – өмір көзі','деді',3,17,'токаевтын tokayev');
INSERT INTO "quotes" VALUES(1,2,'',NULL,'Жұмыс жалғасады','делінген',40,55,'');
CREATE TABLE revisions (
    id                  INTEGER PRIMARY KEY,
    article_id          INTEGER NOT NULL REFERENCES articles (id),
    number              INTEGER NOT NULL CHECK (number >= 1), -- 1 for the first state
    fetch_id            INTEGER NOT NULL REFERENCES fetches (id), -- the request that brought it
    seen_at             TEXT NOT NULL,
    reason              TEXT NOT NULL,              -- what changed: "new", "changed: headline, body"
    content_hash        TEXT NOT NULL,              -- SHA-256 of headline, lead and body, folded
    headline            TEXT NOT NULL,
    headline_found      TEXT,
    lead                TEXT,
    lead_found          TEXT,
    body_found          TEXT,
    author              TEXT,
    published_at        TEXT,
    published_precision TEXT CHECK (published_precision IN ('second', 'minute', 'day')),
    published_zone      TEXT,
    published_raw       TEXT,
    modified_at         TEXT,
    modified_precision  TEXT CHECK (modified_precision IN ('second', 'minute', 'day')),
    modified_zone       TEXT,
    modified_raw        TEXT,
    search              TEXT NOT NULL,              -- headline, lead and body in search spelling: see docs
    UNIQUE (article_id, number)
) STRICT;
INSERT INTO "revisions" VALUES(1,1,1,1,'2026-11-25T09:00:00Z','new','ade4a50ebb32aeeb1155fec5ff5116e7779c859c0b059efb2ad40e272debb1ac','COP29: Баку келісімі','СOP29: Баку келісімі','Қысқаша мазмұны.','Қысқаша  мазмұны.','COP29 …','Айгерім Сапарова','2026-11-24T09:00:00Z','day','Asia/Almaty','24 қараша 2026','2026-11-25T08:00:00Z','second','Asia/Almaty','2026-11-25T08:00:00Z','cop29: баку келисими кыскаша мазмуны. кун тартиби мемлекет басшысы онир акиминин есебин тындап, су жуйесин жангырту барысымен танысты. 2025 | 12 млрд');
INSERT INTO "revisions" VALUES(2,2,1,2,'2026-11-25T09:00:00Z','new','f3bc5550ae4992e809a00e61125c74ed1032d7ed365452d16be52ba876f58354','Су шаруашылығы туралы есеп: kk/su-1',NULL,NULL,NULL,NULL,NULL,'2026-11-25T09:00:00Z','minute','Asia/Almaty','25 қараша 2026, 14:00',NULL,NULL,NULL,NULL,'су шаруашылыгы туралы есеп: kk/su-1 ески матин.');
CREATE TABLE sources (
    key        TEXT PRIMARY KEY,                    -- "akorda"; never changes
    name       TEXT NOT NULL,                       -- for people: the first name seen, until the register gives one
    kind       TEXT NOT NULL DEFAULT 'unknown',     -- what it is, in the words of the attribution register
    wikidata   TEXT CHECK (wikidata GLOB 'Q[1-9]*'),
    first_seen TEXT NOT NULL
) STRICT;
INSERT INTO "sources" VALUES('akorda','Akorda','unknown',NULL,'2026-11-25T09:00:00Z');
INSERT INTO "sources" VALUES('inbusiness','inbusiness.kz','unknown',NULL,'2026-11-25T09:00:00Z');
INSERT INTO "sources" VALUES('kaztag','ҚазТАГ','unknown',NULL,'2026-11-25T09:00:00Z');
CREATE TABLE stories (
    id          INTEGER PRIMARY KEY,
    guid        TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    created_at  TEXT NOT NULL,
    merged_into INTEGER REFERENCES stories (id),    -- a merged story redirects and has no members
    merged_at   TEXT,
    merge_why   TEXT,
    CHECK ((merged_into IS NULL) = (merged_at IS NULL) AND (merged_into IS NULL) = (merge_why IS NULL))
) STRICT;
INSERT INTO "stories" VALUES(1,'urn:uuid:228a28fd-89f3-43e6-a76a-c9d519fd05bd','2026-11-25T09:00:00Z',NULL,NULL,NULL);
INSERT INTO "stories" VALUES(2,'urn:uuid:1bef57c1-16d0-4993-9891-af4d1d57dc1a','2026-11-25T09:00:00Z',NULL,NULL,NULL);
CREATE TABLE story_changes (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    story_id   INTEGER NOT NULL REFERENCES stories (id),    -- which lost its members, or one of them
    other_id   INTEGER NOT NULL REFERENCES stories (id),    -- which has them since
    article_id INTEGER REFERENCES articles (id) ON DELETE CASCADE, -- of a split: the article
    why        TEXT NOT NULL,
    CHECK ((article_id IS NULL) = (kind = 'merge'))
) STRICT;
CREATE TABLE story_members (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story_id   INTEGER NOT NULL REFERENCES stories (id),
    joined_at  TEXT NOT NULL,
    reason     TEXT NOT NULL,                       -- the rule: "first", "translation", "same event" …
    evidence   TEXT NOT NULL                        -- what the rule saw
, nearest_id INTEGER REFERENCES articles (id) ON DELETE SET NULL) STRICT;
INSERT INTO "story_members" VALUES(1,1,'2026-11-25T09:00:00Z','first','',NULL);
INSERT INTO "story_members" VALUES(2,2,'2026-11-25T09:00:00Z','first','',NULL);
CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "tags" VALUES(1,'климат');
INSERT INTO "tags" VALUES(2,'Баку');
CREATE TABLE told (
    story_id            INTEGER NOT NULL,
    outlet              TEXT NOT NULL,
    article_id          INTEGER NOT NULL,
    lang                TEXT NOT NULL,
    published_at        TEXT,
    published_precision TEXT,
    origin              TEXT,                       -- the source that it names as origin, if any
    PRIMARY KEY (story_id, outlet, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "told" VALUES(1,'akorda',1,'kk','2026-11-24T09:00:00Z','day','akorda');
INSERT INTO "told" VALUES(2,'akorda',2,'kk','2026-11-25T09:00:00Z','minute',NULL);
CREATE TABLE translations (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    lang       TEXT NOT NULL,
    url        TEXT NOT NULL,                       -- canonical; matches addresses.url once we hold it
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "translations" VALUES(1,1,'ru','https://www.akorda.kz/ru/polnyj-8');
CREATE TABLE unsettled (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX crawls_by_outlet ON crawls (outlet, id);
CREATE INDEX fetches_by_address ON fetches (address, id);
CREATE INDEX fetches_by_crawl ON fetches (crawl_id);
CREATE INDEX problems_by_fetch ON problems (fetch_id);
CREATE UNIQUE INDEX articles_by_canonical_url ON articles (canonical_url) WHERE folded_into IS NULL;
CREATE INDEX articles_by_outlet ON articles (outlet, first_seen);
CREATE INDEX addresses_by_article ON addresses (article_id);
CREATE INDEX revisions_by_hash ON revisions (content_hash);
CREATE INDEX revisions_by_published ON revisions (published_at);
CREATE INDEX revisions_by_fetch ON revisions (fetch_id);
CREATE INDEX credits_by_source ON credits (source);
CREATE INDEX article_tags_by_tag ON article_tags (tag_id);
CREATE INDEX translations_by_url ON translations (url);
CREATE INDEX stories_by_merged_into ON stories (merged_into);
CREATE INDEX story_members_by_story ON story_members (story_id);
CREATE VIEW v_articles AS
SELECT a.id AS article_id, a.guid, a.outlet, a.lang, r.number AS revision, r.headline, r.lead, r.author,
       r.published_at, r.published_precision, a.section, a.views, a.canonical_url, a.first_seen, a.last_seen,
       CASE WHEN r.number > 1 THEN r.seen_at END AS revised_at, a.gone_at, s.guid AS story, r.search,
       r.id AS revision_id
FROM articles AS a
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
LEFT JOIN story_members AS m ON m.article_id = a.id
LEFT JOIN stories AS s ON s.id = m.story_id
WHERE a.folded_into IS NULL;
CREATE VIEW v_chain AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       c.ordinal, c.role, c.source, s.name AS source_name, c.name, c.confidence, c.evidence, c.rule, c.url,
       c.source IS o.source AS own
FROM v_articles AS v
JOIN outlets AS o ON o.name = v.outlet
JOIN credits AS c ON c.revision_id = v.revision_id AND c.part = 'chain'
JOIN sources AS s ON s.key = c.source;
CREATE VIEW v_quotes AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       q.ordinal, q.speaker, q.person, q.verb, q.text, q.search
FROM v_articles AS v
JOIN quotes AS q ON q.revision_id = v.revision_id;
CREATE VIEW v_problems AS
SELECT p.id AS problem_id, c.outlet, f.crawl_id, f.at, f.kind, f.status, p.url, p.field, p.why
FROM problems AS p
JOIN fetches AS f ON f.id = p.fetch_id
JOIN crawls AS c ON c.id = f.crawl_id;
CREATE INDEX fetches_by_archive ON fetches (archive_file, archive_offset) WHERE archive_file IS NOT NULL;
CREATE INDEX facets_by_value ON facets (kind, value, changed_at, article_id);
CREATE INDEX story_changes_by_story ON story_changes (story_id);
CREATE INDEX story_changes_by_other ON story_changes (other_id);
CREATE INDEX story_changes_by_article ON story_changes (article_id);
CREATE INDEX near_copies_by_of ON near_copies (of_id);
CREATE INDEX story_members_by_nearest ON story_members (nearest_id) WHERE nearest_id IS NOT NULL;
CREATE VIEW v_timeline AS
SELECT s.guid AS story, a.id AS article_id, a.outlet, a.lang,
       CASE WHEN r.number = 1 THEN 'report' ELSE 'correction' END AS what,
       r.published_at, r.published_precision, r.seen_at, r.number AS revision, r.headline, r.reason AS why,
       origin.source AS origin, relay.held_outlet AS relayed_from, relay.lag_seconds, copy.of_id AS copy_of,
       a.canonical_url
FROM story_members AS m
JOIN stories AS s ON s.id = m.story_id
JOIN articles AS a ON a.id = m.article_id AND a.folded_into IS NULL
JOIN revisions AS r ON r.article_id = a.id
LEFT JOIN credits AS origin ON origin.revision_id = r.id AND origin.part = 'chain' AND origin.role = 'origin'
LEFT JOIN v_relays AS relay ON relay.article_id = a.id
     AND relay.ordinal = (SELECT min(ordinal) FROM v_relays WHERE article_id = a.id)
LEFT JOIN near_copies AS copy ON copy.article_id = a.id AND copy.of_id =
     (SELECT of_id FROM near_copies WHERE article_id = a.id ORDER BY containment DESC, of_id LIMIT 1)
UNION ALL
SELECT s.guid, a.id, a.outlet, a.lang, 'taken down', NULL, NULL, a.gone_at, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, a.canonical_url
FROM story_members AS m
JOIN stories AS s ON s.id = m.story_id
JOIN articles AS a ON a.id = m.article_id AND a.folded_into IS NULL
WHERE a.gone_at IS NOT NULL;
CREATE TRIGGER words_go_with_article AFTER DELETE ON articles BEGIN
    DELETE FROM article_words WHERE rowid = old.id;
END;
CREATE TRIGGER words_go_with_folded AFTER UPDATE OF folded_into ON articles WHEN new.folded_into IS NOT NULL BEGIN
    DELETE FROM article_words WHERE rowid = old.id;
END;
CREATE INDEX revisions_corrected ON revisions (seen_at) WHERE number > 1;
CREATE INDEX quotes_by_search ON quotes (search);
CREATE VIEW v_newest AS
SELECT max(changed_at) AS at FROM facets WHERE kind = 'all' AND value = '';
CREATE VIEW v_relays AS
SELECT c.article_id, c.outlet, c.lang, c.headline, c.canonical_url, c.published_at, c.story, c.ordinal, c.role,
       c.source, h.outlet AS held_outlet, h.canonical_url AS held_url, h.published_at AS held_published_at,
       CASE WHEN a.published_precision <> 'day' AND h.published_precision <> 'day'
            THEN unixepoch(a.published_at) - unixepoch(h.published_at) END AS lag_seconds,
       coalesce(a.published_precision <> 'day' AND h.published_precision <> 'day'
                AND unixepoch(a.published_at) < unixepoch(h.published_at), 0) AND EXISTS (
           SELECT 1 FROM credits AS back JOIN outlets AS o ON o.source = back.source
           WHERE back.revision_id = h.revision_id AND back.part = 'chain' AND o.name = c.outlet
       ) AS contested
FROM v_chain AS c
JOIN v_articles AS a ON a.article_id = c.article_id
CROSS JOIN v_articles AS h
WHERE c.role <> 'via' AND h.article_id = (
    SELECT id FROM (
        -- The row of the least: its language first, then the earlier; one without a date is the last.
        SELECT x.id, min((x.lang <> c.lang) || coalesce(r.published_at, '9999') || printf('%012d', x.id))
        FROM stories AS s
        JOIN story_members AS m ON m.story_id = s.id
        JOIN articles AS x ON x.id = m.article_id
        JOIN outlets AS o ON o.name = x.outlet
        JOIN revisions AS r ON r.article_id = x.id
             AND r.number = (SELECT max(number) FROM revisions WHERE article_id = x.id)
        WHERE s.guid = c.story AND o.source = c.source AND o.name <> c.outlet AND x.folded_into IS NULL
    )
);
CREATE VIEW v_relay_speed AS
WITH timed AS (
    SELECT outlet, held_outlet, lag_seconds / 60.0 AS minutes,
           row_number() OVER (PARTITION BY outlet, held_outlet ORDER BY lag_seconds) AS place,
           count(*) OVER (PARTITION BY outlet, held_outlet) AS n
    FROM v_relays
    WHERE lag_seconds >= 0
)
SELECT r.outlet, r.held_outlet, r.articles, coalesce(t.n, 0) AS timed, r.earlier, t.median_minutes,
       t.mean_minutes, t.fastest_minutes, t.slowest_minutes
FROM (
    SELECT outlet, held_outlet, count(DISTINCT article_id) AS articles,
           count(DISTINCT CASE WHEN lag_seconds < 0 THEN article_id END) AS earlier
    FROM v_relays
    GROUP BY outlet, held_outlet
) AS r
LEFT JOIN (
    SELECT outlet, held_outlet, max(n) AS n,
           round(avg(CASE WHEN place IN ((n + 1) / 2, (n + 2) / 2) THEN minutes END), 1) AS median_minutes,
           round(avg(minutes), 1) AS mean_minutes,
           round(min(minutes), 1) AS fastest_minutes,
           round(max(minutes), 1) AS slowest_minutes
    FROM timed
    GROUP BY outlet, held_outlet
) AS t USING (outlet, held_outlet);
CREATE TRIGGER told_with_member AFTER INSERT ON story_members BEGIN
    INSERT INTO told
    SELECT new.story_id, a.outlet, a.id, a.lang, r.published_at, r.published_precision,
           (SELECT source FROM credits WHERE revision_id = r.id AND part = 'chain' AND role = 'origin'
            ORDER BY ordinal DESC LIMIT 1)
    FROM articles AS a JOIN revisions AS r ON r.article_id = a.id
    WHERE a.id = new.article_id ORDER BY r.number DESC LIMIT 1;
END;
CREATE TRIGGER told_elsewhere AFTER UPDATE OF story_id ON story_members WHEN new.story_id <> old.story_id BEGIN
    UPDATE told SET story_id = new.story_id WHERE story_id = old.story_id AND article_id = old.article_id;
END;
CREATE TRIGGER told_no_more AFTER DELETE ON story_members BEGIN
    DELETE FROM told WHERE story_id = old.story_id AND article_id = old.article_id;
END;
PRAGMA writable_schema=OFF;
COMMIT;
