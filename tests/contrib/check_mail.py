"""check_mail.py MAIL REPORT PAGE: the mail holds both, and goes to the reader.
"""
import email.parser, email.policy, sys

mail, report, page = [open(path, "rb").read() for path in sys.argv[1:4]]
message = email.parser.BytesParser(policy=email.policy.default).parsebytes(mail)
assert not message.defects, message.defects
assert message["To"] == "storage@example.org", message["To"]
assert message["Subject"].startswith("NFS exports of "), message["Subject"]
assert message["Auto-Submitted"] == "auto-generated"
parts = [(part.get_content_type(), part.get_filename(),
          part.get_payload(decode=True)) for part in message.iter_parts()]
assert parts == [("text/plain", None, report),
                 ("text/html", "exports.html", page)], parts
