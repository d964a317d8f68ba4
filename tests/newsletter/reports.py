"""Reports that mail servers send. Plain Python."""


def a_report(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    words: str = "550 5.1.1 no such user",
    quoted: str = "text/rfc822-headers",
) -> bytes:
    """A delivery status notification about the letter with that Message-ID ("" for none)."""
    numbered = f"Message-ID: {message_id}\n" if message_id else ""
    body = "\n\nThe letter.\n" if quoted == "message/rfc822" else "\n"
    return f"""From: MAILER-DAEMON@mx.example
To: newsroom@paper.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I could not deliver your letter.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ines@reader.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--cut
Content-Type: {quoted}

{numbered}Subject: The week
{body}
--cut--
""".encode()
