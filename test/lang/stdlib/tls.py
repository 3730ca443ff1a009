# TLS over memory BIOs and over sockets: handshakes, what was agreed, certificates, callbacks, sessions, errors; a web
# server and its client. The certificates are for these tests only and sign themselves.
import functools
import http.server
import os
import ssl
import tempfile
import threading
import urllib.error
import urllib.request
import warnings

ONE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3YA5DDVvPQfNmBbX
k/FlIVxFNP+8OEpbkvMzfU4rpZ6hRANCAARpe7kvHhtl1dUFvyyQOVqunjbbvSqe
02+/82GLihTyIueq03oE+kWyXnDdkisgEH5/t4ebzehQPLGaiXkWD7KX
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIICYDCCAgWgAwIBAgIBATAKBggqhkjOPQQDAjAxMQswCQYDVQQGEwJYWDEOMAwG
A1UECgwFS3JhaXQxEjAQBgNVBAMMCWxvY2FsaG9zdDAgFw0yMDAxMDEwMDAwMDBa
GA8yMTIwMDEwMTAwMDAwMFowMTELMAkGA1UEBhMCWFgxDjAMBgNVBAoMBUtyYWl0
MRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARp
e7kvHhtl1dUFvyyQOVqunjbbvSqe02+/82GLihTyIueq03oE+kWyXnDdkisgEH5/
t4ebzehQPLGaiXkWD7KXo4IBCjCCAQYwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4E
FgQUWK8uXuqiVeQqjSnjFgTjJtwEqxgwVwYDVR0RBFAwToIJbG9jYWxob3N0ggoq
Lm9uZS50ZXN0hwR/AAABhxAAAAAAAAAAAAAAAAAAAAABhhFodHRwczovL29uZS50
ZXN0L4EKYUBvbmUudGVzdDBVBggrBgEFBQcBAQRJMEcwIQYIKwYBBQUHMAGGFWh0
dHA6Ly9vY3NwLm9uZS50ZXN0LzAiBggrBgEFBQcwAoYWaHR0cDovL29uZS50ZXN0
L2NhLnBlbTAkBgNVHR8EHTAbMBmgF6AVhhNodHRwOi8vb25lLnRlc3QvY3JsMAoG
CCqGSM49BAMCA0kAMEYCIQDhCJJKvdPemQIhrUuLanMgeKpSJE7KoqSbXyUnHfsB
CQIhAOJJ/mkNgtKN8R/qyjt0nx/hoJnqdfRpia+GwYnvC9uK
-----END CERTIFICATE-----
"""  # localhost
TWO = """\
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh15aXJxLR4KwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJ5WykqsHA2aowxXCEsYhWYEgZDb
wmYCaSrAbSqplbNNSGckfr3crHJyhGU59YwBeYoU4+intKjGcA5/+/HmLYI6Bm9R
rM5pZko7eldt3Gn+eY5XazmTUPuW3/G8YN0f6enVOi6TGeieLNLH6lBslYdpjKYp
CtpCUDdL2Mg4ULt3DLfUmUy/B1BGIbj+LPa6cI+1R0ReE0vgZdHYjHVVWVYoL68=
-----END ENCRYPTED PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBXTCCAQSgAwIBAgIBAjAKBggqhkjOPQQDAjATMREwDwYDVQQDDAh0d28udGVz
dDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowEzERMA8GA1UEAwwI
dHdvLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQw1oItixq1V+8OYypM
awTlJzeRWrvvmootBfccxPtFWd9KxCB67dgr291+ATSUYZ3fSg+szFrXj1qZg+Km
fUXgo0cwRTAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBR6y9wU4FSk1E+z2n8J
OfIGNi4BUzATBgNVHREEDDAKggh0d28udGVzdDAKBggqhkjOPQQDAgNHADBEAiAE
fDi/5xo96iaL+Tpr76ZgDlVKIotMv9VQ9TQ1kOuuVAIgZxYzTPokULYK5UpVHgCG
NiZ2Slc5PzUXWNYHX+exNas=
-----END CERTIFICATE-----
"""  # two.test, the key encrypted: secret


def certificate(text):
    return text[text.index("-----BEGIN CERTIFICATE"):]


folder = tempfile.mkdtemp()


def file(name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as out:
        out.write(text)
    return path


def error(function, *args, **kwargs):
    try:
        print("no error:", function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "reason", None), getattr(e, "verify_code", None))


server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(file("one.pem", ONE))
client_context = ssl.create_default_context(cadata=certificate(ONE))
client_context.load_verify_locations(cadata=ssl.PEM_cert_to_DER_cert(certificate(TWO)))


def connect(server_context=server_context, client_context=client_context, name="localhost", session=None):
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = server_context.wrap_bio(up, down, server_side=True)
    client = client_context.wrap_bio(down, up, server_hostname=name, session=session)
    for _ in range(4):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                pass
    return server, client


# What was agreed, and data both ways.
server, client = connect()
print(client.version(), client.cipher(), client.compression(), client.selected_alpn_protocol(), client.session_reused)
print(client.server_hostname, client.server_side, server.server_side, server.getpeercert())
for key, value in client.getpeercert().items():
    print(key, value)
print(client.getpeercert(True) == ssl.PEM_cert_to_DER_cert(certificate(ONE)))
print(client.write(b"hello"), server.read(3), server.pending(), server.read(10))
error(server.read)
big = bytes(range(256)) * 400
print(client.write(memoryview(big)))
got, buffer = b"", bytearray(7000)
while len(got) < len(big):
    n = server.read(len(buffer), buffer)
    got += buffer[:n]
print(got == big)
print(len(client.get_channel_binding("tls-unique")), client.get_channel_binding() == server.get_channel_binding())
error(client.unwrap)
print(server.read(5))
print(server.unwrap(), client.unwrap())
error(client.write, b"more")

# Names that are not the server's, an unknown signer, what is no TLS.
for name in ("127.0.0.1", "a.one.test", "a.b.one.test", "::1", "two.test"):
    try:
        server, client = connect(name=name)
        print(name, client.version())
    except ssl.SSLCertVerificationError as e:
        print(name, e, e.verify_code, e.verify_message, e.library, e.reason)
error(connect, client_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
up.write(b"GET / HTTP/1.0\r\n\r\n")
error(server_context.wrap_bio(up, down, server_side=True).do_handshake)
error(client_context.wrap_bio, up, down, server_hostname="")
error(client_context.wrap_bio, up, down, server_side=True, server_hostname="localhost")
broken = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
error(broken.load_cert_chain, file("two.pem", TWO), password="wrong")
error(broken.load_cert_chain, file("two.pem", TWO), password=lambda: 1 / 0)
error(broken.load_cert_chain, os.path.join(folder, "none.pem"))
error(broken.load_verify_locations, cadata="no certificate")
error(broken.set_ciphers, "none")
error(setattr, broken, "verify_mode", 7)

# The context is chosen by name; protocols; messages and keys are told.
other = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
other.load_cert_chain(file("two.pem", TWO), password=lambda: "secret")


def by_name(socket, name, context):
    print("name", name, socket.context is context, context is chooser)
    if name == "two.test":
        socket.context = other
    elif name == "a.one.test":
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


chooser = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
chooser.load_cert_chain(file("one.pem", ONE))
chooser.sni_callback = by_name
for context in (chooser, other):
    context.set_alpn_protocols(["spdy", "http/1.1"])
modern = ssl.create_default_context(cadata=certificate(ONE) + certificate(TWO))
modern.set_alpn_protocols(["h2", "http/1.1"])
told = []
modern._msg_callback = lambda *args: told.append(args[1:5])
modern.keylog_filename = os.path.join(folder, "keys")
for name in ("localhost", "two.test"):
    server, client = connect(chooser, modern, name)
    print(name, client.getpeercert()["subject"], client.selected_alpn_protocol(), server.selected_alpn_protocol(), server.context is other)
error(connect, chooser, modern, "a.one.test")
print(told[0][0], told[0][2], sorted({str(entry[3]) for entry in told}))
with open(modern.keylog_filename) as lines:
    print(sorted({line.split()[0] for line in lines}))

# A session taken up again, TLS 1.2, a client with a certificate.
old = ssl.create_default_context(cadata=certificate(ONE))
old.maximum_version = ssl.TLSVersion.TLSv1_2
server, client = connect(client_context=old)
session = client.session
print(client.version(), client.session_reused, session.has_ticket, session.timeout > 0, session == client.session)
server, client = connect(client_context=old, session=session)
print(client.session_reused, client.session.id == session.id)
error(setattr, client, "session", session)
strict = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
strict.load_cert_chain(file("one.pem", ONE))
strict.verify_mode = ssl.CERT_REQUIRED
strict.load_verify_locations(cadata=certificate(TWO))
error(connect, strict)
client_context.load_cert_chain(file("two.pem", TWO), password=b"secret")
server, client = connect(strict)
print(server.getpeercert()["subject"], server.getpeercert()["subjectAltName"])
print(strict.cert_store_stats(), [cert["subject"] for cert in strict.get_ca_certs()], strict.session_stats()["accept"])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old.options |= ssl.OP_NO_TLSv1
    ssl.SSLContext(ssl.PROTOCOL_TLS)
    print([str(w.message) for w in caught])


# A server, and a client of the library.
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{self.path} by {self.connection.version()}".encode() * 1000
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass


httpd = Server(("127.0.0.1", 0), Handler)
httpd.socket = server_context.wrap_socket(httpd.socket, server_side=True)
thread = threading.Thread(target=httpd.serve_forever)
thread.start()
url = f"https://127.0.0.1:{httpd.server_port}"
for path in ("/a", "/b"):
    with urllib.request.urlopen(url + path, context=client_context, timeout=60) as answer:
        body = answer.read()
        print(answer.status, len(body), body[:15])
try:
    urllib.request.urlopen(url, context=ssl.create_default_context(), timeout=60)
except urllib.error.URLError as e:
    print(e)
opened = functools.partial(urllib.request.urlopen, context=client_context, timeout=60)
results = []
clients = [threading.Thread(target=lambda n=n: results.append(opened(f"{url}/{n}").read()[:2])) for n in range(6)]
for each in clients:
    each.start()
for each in clients:
    each.join()
print(sorted(results))
httpd.shutdown()
thread.join()
httpd.server_close()
for name in os.listdir(folder):
    os.remove(os.path.join(folder, name))
os.rmdir(folder)
