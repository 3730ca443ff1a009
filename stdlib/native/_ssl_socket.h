// _ssl_socket.h - connections of _ssl, over a socket or a pair of memory BIOs.
#pragma once

#include "stdlib/native/_ssl.h"

namespace krait {

extern "C" {
KRT_METHOD(ssl_socket, "cipher(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_socket_cipher(Value self);
KRT_METHOD(ssl_socket, "compression(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_socket_compression(Value self);
KRT_METHOD(ssl_socket, "do_handshake(self, /)", KRT_RUNS_PY) Value krt_ssl_socket_doHandshake_py(Value self);
/// Get channel binding data for current connection.
///
/// Raise ValueError if the requested `cb_type` is not supported.  Return bytes
/// of the data or None if the data is not available (e.g. before the handshake).
/// Only 'tls-unique' channel binding data from RFC 5929 is supported.
KRT_METHOD(ssl_socket, "get_channel_binding(self, /, cb_type='tls-unique')", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_socket_getChannelBinding(Value self, Str *type);
KRT_METHOD(ssl_socket, "get_unverified_chain(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_socket_getUnverifiedChain(Value self);
KRT_METHOD(ssl_socket, "get_verified_chain(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_socket_getVerifiedChain(Value self);
/// Returns the certificate for the peer.
///
/// If no certificate was provided, returns None.  If a certificate was
/// provided, but not validated, returns an empty dictionary.  Otherwise
/// returns a dict containing information about the peer certificate.
///
/// If the optional argument is True, returns a DER-encoded copy of the
/// peer certificate, or None if no certificate was provided.  This will
/// return the certificate even if it wasn't validated.
KRT_METHOD(ssl_socket, "getpeercert(self, der=False, /)", KRT_RUNS_PY)
Value krt_ssl_socket_getpeercert_py(Value self, bool der);
/// Returns the number of already decrypted bytes available for read, pending on the connection.
KRT_METHOD(ssl_socket, "pending(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_socket_pending(Value self);
/// read(size, [buffer])
/// Read up to size bytes from the SSL socket.
KRT_METHOD(ssl_socket, "read(self, /, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_ssl_socket_read_py(Value self, ArgSpan args);
KRT_METHOD(ssl_socket, "selected_alpn_protocol(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_socket_selectedAlpnProtocol(Value self);
KRT_METHOD(ssl_socket, "shared_ciphers(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_socket_sharedCiphers(Value self);
/// Does the SSL shutdown handshake with the remote end.
KRT_METHOD(ssl_socket, "shutdown(self, /)", KRT_RUNS_PY) Value krt_ssl_socket_shutdown_py(Value self);
/// Initiate TLS 1.3 post-handshake authentication
KRT_METHOD(ssl_socket, "verify_client_post_handshake(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_socket_verifyClientPostHandshake(Value self);
KRT_METHOD(ssl_socket, "version(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_socket_version(Value self);
/// Writes the bytes-like object b into the SSL object.
///
/// Returns the number of bytes written.
KRT_METHOD(ssl_socket, "write(self, b, /)", KRT_RUNS_PY) Value krt_ssl_socket_write_py(Value self, Value b);

/// _setter_context(ctx)
/// This changes the context associated with the SSLSocket. This is typically
/// used from within a callback function set by the sni_callback
/// on the SSLContext to change the certificate information associated with the
/// SSLSocket before the cryptographic exchange handshake messages
///
KRT_GETTER(ssl_socket, "context") Value krt_ssl_socket_context(Value self);
KRT_SETTER(ssl_socket, "context", KRT_RAISES, KRT_COLLECTS) bool krt_ssl_socket_setContext(Value self, Value value);
/// The Python-level owner of this object.Passed as "self" in servername callback.
KRT_GETTER(ssl_socket, "owner") Value krt_ssl_socket_owner(Value self);
KRT_SETTER(ssl_socket, "owner", KRT_RAISES, KRT_COLLECTS) bool krt_ssl_socket_setOwner(Value self, Value value);
/// The currently set server hostname (for SNI).
KRT_GETTER(ssl_socket, "server_hostname") Value krt_ssl_socket_serverHostname(Value self);
/// Whether this is a server-side socket.
KRT_GETTER(ssl_socket, "server_side") bool krt_ssl_socket_serverSide(Value self);
/// _setter_session(session)
/// Get / set SSLSession.
KRT_GETTER(ssl_socket, "session", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_socket_session(Value self);
KRT_SETTER(ssl_socket, "session", KRT_RAISES, KRT_COLLECTS) bool krt_ssl_socket_setSession(Value self, Value value);
/// Was the client session reused during handshake?
KRT_GETTER(ssl_socket, "session_reused", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_socket_sessionReused(Value self);
}

} // namespace krait
