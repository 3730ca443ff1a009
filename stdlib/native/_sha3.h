// _sha3.h - the modules _sha3 and _blake2.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// SHA-3 and SHAKE: the sponge, and how much of its rate is filled.
struct KeccakState : Object {
  uint64_t lanes[25];
  uint32_t filled;
};
/// BLAKE2b and BLAKE2s.
struct BlakeState : Object {
  uint64_t words[8];
  uint64_t total;
  uint8_t block[128];
  uint32_t filled;
  uint8_t digestSize;
  bool lastNode;
};

KRT_MODULE(_sha3, "The hash functions SHA-3 and SHAKE.");
KRT_MODULE(_blake2, "The hash functions BLAKE2b and BLAKE2s.");

extern "C" {
extern Class krt_sha3_224_class, krt_sha3_256_class, krt_sha3_384_class, krt_sha3_512_class,
    krt_shake_128_class, krt_shake_256_class, krt_blake2b_class, krt_blake2s_class;
KRT_MODULE_INIT(_sha3)
bool krt__sha3_init(Module *module);
KRT_MODULE_INIT(_blake2)
bool krt__blake2_init(Module *module);
/// A new hash, begun with the given bytes.
KRT_NEW(sha3_224, "sha3_224(data=b'', /, *, usedforsecurity=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sha3_224_create_py(Class *cls, Value data, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(sha3_256, "sha3_256(data=b'', /, *, usedforsecurity=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sha3_256_create_py(Class *cls, Value data, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(sha3_384, "sha3_384(data=b'', /, *, usedforsecurity=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sha3_384_create_py(Class *cls, Value data, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(sha3_512, "sha3_512(data=b'', /, *, usedforsecurity=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sha3_512_create_py(Class *cls, Value data, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(shake_128, "shake_128(data=b'', /, *, usedforsecurity=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_shake_128_create_py(Class *cls, Value data, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(shake_256, "shake_256(data=b'', /, *, usedforsecurity=True)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_shake_256_create_py(Class *cls, Value data, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(blake2b,
        "blake2b(data=b'', /, *, digest_size=<null>, key=b'', salt=b'', person=b'', fanout=1, depth=1, "
        "leaf_size=<null>, node_offset=<null>, node_depth=0, inner_size=0, last_node=False, "
        "usedforsecurity=True)",
        KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_blake2b_create_py(Class *cls, Value data, Value digestSize, Value key, Value salt, Value person,
                            int fanout, int depth, Value leafSize, Value nodeOffset, int nodeDepth,
                            int innerSize, bool lastNode, bool security);
/// A new hash, begun with the given bytes.
KRT_NEW(blake2s,
        "blake2s(data=b'', /, *, digest_size=<null>, key=b'', salt=b'', person=b'', fanout=1, depth=1, "
        "leaf_size=<null>, node_offset=<null>, node_depth=0, inner_size=0, last_node=False, "
        "usedforsecurity=True)",
        KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_blake2s_create_py(Class *cls, Value data, Value digestSize, Value key, Value salt, Value person,
                            int fanout, int depth, Value leafSize, Value nodeOffset, int nodeDepth,
                            int innerSize, bool lastNode, bool security);
/// Take in more bytes.
KRT_METHOD(sha3_224, "update(self, data, /)", KRT_RUNS_PY)
KRT_METHOD(sha3_256, "update(self, data, /)", KRT_RUNS_PY)
    KRT_METHOD(sha3_384, "update(self, data, /)", KRT_RUNS_PY)
        KRT_METHOD(sha3_512, "update(self, data, /)", KRT_RUNS_PY)
            KRT_METHOD(shake_128, "update(self, data, /)", KRT_RUNS_PY)
                KRT_METHOD(shake_256, "update(self, data, /)", KRT_RUNS_PY) Value
    krt_keccak_update_py(Value self, Value data);
/// The hash, as bytes.
KRT_METHOD(sha3_224, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(sha3_256, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
    KRT_METHOD(sha3_384, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
        KRT_METHOD(sha3_512, "digest(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_keccak_digest(Value self);
/// The hash, in hexadecimal.
KRT_METHOD(sha3_224, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(sha3_256, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
    KRT_METHOD(sha3_384, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
        KRT_METHOD(sha3_512, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS) Value
    krt_keccak_hexdigest(Value self);
/// So many bytes of the hash.
KRT_METHOD(shake_128, "digest(self, length, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(shake_256, "digest(self, length, /)", KRT_RAISES, KRT_COLLECTS) Value
    krt_keccak_shakeDigest(Value self, int64_t length);
/// So many bytes of the hash, in hexadecimal.
KRT_METHOD(shake_128, "hexdigest(self, length, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(shake_256, "hexdigest(self, length, /)", KRT_RAISES, KRT_COLLECTS) Value
    krt_keccak_shakeHexdigest(Value self, int64_t length);
/// A copy that goes on by itself.
KRT_METHOD(sha3_224, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(sha3_256, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
    KRT_METHOD(sha3_384, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
        KRT_METHOD(sha3_512, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
            KRT_METHOD(shake_128, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
                KRT_METHOD(shake_256, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) Value
    krt_keccak_copy(Value self);
KRT_GETTER(sha3_224, "name", KRT_COLLECTS)
KRT_GETTER(sha3_256, "name", KRT_COLLECTS) KRT_GETTER(sha3_384, "name", KRT_COLLECTS)
    KRT_GETTER(sha3_512, "name", KRT_COLLECTS) KRT_GETTER(shake_128, "name", KRT_COLLECTS)
        KRT_GETTER(shake_256, "name", KRT_COLLECTS) Value krt_keccak_name(Value self);
KRT_GETTER(sha3_224, "digest_size", KRT_COLLECTS)
KRT_GETTER(sha3_256, "digest_size", KRT_COLLECTS) KRT_GETTER(sha3_384, "digest_size", KRT_COLLECTS)
    KRT_GETTER(sha3_512, "digest_size", KRT_COLLECTS) KRT_GETTER(shake_128, "digest_size", KRT_COLLECTS)
        KRT_GETTER(shake_256, "digest_size", KRT_COLLECTS) Value krt_keccak_digestSize(Value self);
KRT_GETTER(sha3_224, "block_size", KRT_COLLECTS)
KRT_GETTER(sha3_256, "block_size", KRT_COLLECTS) KRT_GETTER(sha3_384, "block_size", KRT_COLLECTS)
    KRT_GETTER(sha3_512, "block_size", KRT_COLLECTS) KRT_GETTER(shake_128, "block_size", KRT_COLLECTS)
        KRT_GETTER(shake_256, "block_size", KRT_COLLECTS) Value krt_keccak_blockSize(Value self);
KRT_GETTER(sha3_224, "_rate_bits", KRT_COLLECTS)
KRT_GETTER(sha3_256, "_rate_bits", KRT_COLLECTS) KRT_GETTER(sha3_384, "_rate_bits", KRT_COLLECTS)
    KRT_GETTER(sha3_512, "_rate_bits", KRT_COLLECTS) KRT_GETTER(shake_128, "_rate_bits", KRT_COLLECTS)
        KRT_GETTER(shake_256, "_rate_bits", KRT_COLLECTS) Value krt_keccak_rateBits(Value self);
KRT_GETTER(sha3_224, "_capacity_bits", KRT_COLLECTS)
KRT_GETTER(sha3_256, "_capacity_bits", KRT_COLLECTS) KRT_GETTER(sha3_384, "_capacity_bits", KRT_COLLECTS)
    KRT_GETTER(sha3_512, "_capacity_bits", KRT_COLLECTS) KRT_GETTER(shake_128, "_capacity_bits", KRT_COLLECTS)
        KRT_GETTER(shake_256, "_capacity_bits", KRT_COLLECTS) Value krt_keccak_capacityBits(Value self);
KRT_GETTER(sha3_224, "_suffix", KRT_COLLECTS)
KRT_GETTER(sha3_256, "_suffix", KRT_COLLECTS) KRT_GETTER(sha3_384, "_suffix", KRT_COLLECTS)
    KRT_GETTER(sha3_512, "_suffix", KRT_COLLECTS) KRT_GETTER(shake_128, "_suffix", KRT_COLLECTS)
        KRT_GETTER(shake_256, "_suffix", KRT_COLLECTS) Value krt_keccak_suffix(Value self);
/// Take in more bytes.
KRT_METHOD(blake2b, "update(self, data, /)", KRT_RUNS_PY)
KRT_METHOD(blake2s, "update(self, data, /)", KRT_RUNS_PY) Value krt_blake_update_py(Value self, Value data);
/// The hash, as bytes.
KRT_METHOD(blake2b, "digest(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(blake2s, "digest(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_blake_digest(Value self);
/// The hash, in hexadecimal.
KRT_METHOD(blake2b, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(blake2s, "hexdigest(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_blake_hexdigest(Value self);
/// A copy that goes on by itself.
KRT_METHOD(blake2b, "copy(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(blake2s, "copy(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_blake_copy(Value self);
KRT_GETTER(blake2b, "name", KRT_COLLECTS)
KRT_GETTER(blake2s, "name", KRT_COLLECTS) Value krt_blake_name(Value self);
KRT_GETTER(blake2b, "digest_size", KRT_COLLECTS)
KRT_GETTER(blake2s, "digest_size", KRT_COLLECTS) Value krt_blake_digestSize(Value self);
KRT_GETTER(blake2b, "block_size", KRT_COLLECTS)
KRT_GETTER(blake2s, "block_size", KRT_COLLECTS) Value krt_blake_blockSize(Value self);
}

} // namespace krait
