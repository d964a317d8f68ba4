"""The `broadsheet.toml` that a new site begins with. Plain Python."""

from . import cdn

STARTING_FILE = (
    """\
# The settings of this newspaper's installation. Restart `broadsheet serve` after a change.
# What is commented out shows the default. Environment variables win over this file.

[site]
# The address that readers use, for links in mail and feeds.
# address = "https://paper.example"
# Where static copies of the paper stand (`broadsheet print --all --to`) whose forms are taken here.
# static_origins = ["https://www.paper.example"]

[server]
# host = "127.0.0.1"
# port = 8000
# Networks whose X-Forwarded-For and X-Forwarded-Proto are believed.
# trusted_proxies = ["127.0.0.1/32"]
# Seconds for which /healthz says that this node is leaving, before it does.
# drain = 0

[database]
# url = "postgresql://user:password@host/name"      # default: broadsheet.db in this folder

[mail]
# url = "smtp://user:password@host:587"             # default: mail is written to the log
# from = "newsroom@paper.example"

[log]
# format = "line"                                   # or "json"; that has a line for each request, too
# Whether lines may carry readers' network and e-mail addresses.
# personal_data = false

[metrics]
# Who may read /metrics: these networks, and who sends `Authorization: Bearer` with the token.
# networks = ["127.0.0.0/8", "::1/128"]
# token = ""

[media]
# Where several nodes share photos and documents (needs `pip install 'broadsheet[s3]'`).
# to = "s3://bucket/prefix"

[backup]
# A folder on another disk, or s3://bucket/prefix, for one backup a day; and how many are kept there (0: all).
# to = "/var/backups/paper"
# keep = 14
# A file with the key that seals them (`openssl rand -base64 32`). Keep a copy of it elsewhere: nothing opens them without.
# key_file = "/etc/broadsheet/backup.key"

"""
    + cdn.STARTING_LINES
)
