# The hashes, HMAC and derivation of keys of _hashlib: sizes around what is kept before the library has a state, states
# that are copied, threads that share one, errors.
import _hashlib
import hashlib
import hmac
import threading


def error(function, *args, **kwargs):
    try:
        print("no error", function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


names = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
         "sha512_224", "sha512_256", "md5-sha1", "ripemd160", "sm3", "SHA256", "blake2b512"]
for name in names:
    h = _hashlib.new(name)
    print(h.name, h.digest_size, h.block_size, type(h).__name__, h.hexdigest() == _hashlib.new(name, b"").hexdigest())
    for size in (1, 63, 64, 215, 216, 217, 300, 2047, 2048, 5000):
        data = bytes(i & 255 for i in range(size))
        whole = _hashlib.new(name, data)
        parts = _hashlib.new(name)
        for at in range(0, size, 97):
            parts.update(data[at:at + 97])
        copy = parts.copy()
        copy.update(b"more")
        again = _hashlib.new(name, data + b"more")
        print(whole.hexdigest()[:16], parts.digest() == whole.digest(), copy.digest() == again.digest(),
              parts.hexdigest() == whole.hexdigest())
for name in ("shake_128", "shake_256"):
    x = hashlib.new(name, bytearray(b"abc"))
    print(x.name, x.digest_size, x.block_size, x.digest(0), x.hexdigest(20), x.copy().digest(length=7), isinstance(x, _hashlib.HASH))
    error(x.digest)

for digest in ("md5", "sha256", "sha3_256", "sha512"):
    for key in (b"", b"k" * 64, b"k" * 200):
        for size in (0, 10, 5000):
            message = b"m" * size
            h = _hashlib.hmac_new(key, message, digest)
            copy = h.copy()
            copy.update(b"x")
            print(h.hexdigest()[:20], h.digest() == _hashlib.hmac_digest(key, message, digest) == hmac.digest(key, message, digest),
                  copy.digest() == hmac.new(key, message + b"x", digest).digest(), h.name, h.digest_size, h.block_size)
print(hmac.new(b"k", b"m", hashlib.sha1).hexdigest())

print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 100, 50).hex())
print(hashlib.scrypt(b"password", salt=b"salt", n=16, r=2, p=3, dklen=20).hex())

error(_hashlib.new, "md4x")
error(hashlib.new, "md4x")
error(_hashlib.new, 3)
error(_hashlib.openssl_md5, "text")
error(_hashlib.openssl_md5, 3)
error(hashlib.sha256().update, "text")
error(_hashlib.hmac_new, b"k", b"", "shake_128")
error(_hashlib.hmac_new, b"k", b"")
error(_hashlib.hmac_new, "k", b"", "md5")
error(_hashlib.hmac_digest, b"k", b"m", 7)
error(hashlib.pbkdf2_hmac, "md5", b"p", b"s", 0)
error(hashlib.pbkdf2_hmac, "md5", b"p", b"s", 1, 0)
error(hashlib.scrypt, b"p")
error(hashlib.scrypt, b"p", salt=b"s", n=3, r=1, p=1)
error(hashlib.scrypt, b"p", salt=b"s", n=1 << 20, r=8, p=1)
error(_hashlib.HASH)
error(type("Sub", (_hashlib.HASH,), {}))
print(hmac.compare_digest("same", "same"), hmac.compare_digest(b"a", bytearray(b"b")))
print({"md5", "sha256", "shake_128", "blake2b"} <= hashlib.algorithms_available)
print(sorted(_hashlib.openssl_md_meth_names)[:5], sorted(_hashlib._constructors.values()))
print(hashlib.md5(b"", usedforsecurity=False).hexdigest(), repr(hashlib.md5()).split("@")[0])

shared = hashlib.sha256()


def feed():
    for _ in range(20):
        shared.update(b"z" * 10_000)


threads = [threading.Thread(target=feed) for _ in range(4)]
for thread in threads:
    thread.start()
for _ in range(20):
    shared.copy().digest()
for thread in threads:
    thread.join()
print(shared.hexdigest() == hashlib.sha256(b"z" * 800_000).hexdigest())
