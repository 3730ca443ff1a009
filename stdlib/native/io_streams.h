// io_streams.h - what the files of module _io share: layouts of the streams and the direct calls between
// layers.
//
// The layers of an open file (FileIO, Buffered*, TextIOWrapper) talk through Python methods in general, and
// directly through the functions below where the lower object is exactly of the native class.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {

constexpr int64_t kIoBufferSize = 8192; // io.DEFAULT_BUFFER_SIZE

struct FileIO : Object {
  int32_t fd; // -1: closed
  bool created, readable, writable, appending, closeFd, finalizing, ready;
  int8_t seekable; // -1: not known yet
  int64_t blockSize;
};

/// BufferedReader, BufferedWriter and BufferedRandom. Either bytes read ahead are held ([pos, end) of data)
/// or bytes to be written ([0, dirty)); never both.
struct Buffered : Object {
  Value raw;     // null before __init__ and after detach()
  FileIO *file;  // raw, if it is exactly a FileIO
  uint8_t *data; // collector-owned, atomic; made at first use
  int64_t capacity;
  int64_t pos, end, dirty;
  int64_t rawPosition; // of the raw stream; -1: not known
  bool ready, detached, reads, writes, finalizing;
  const void *owner;   // the thread that is at work on it, see BufferedUse; null: none
  uint64_t ownerForks; // how many forks there had been then
  void *exitLink;      // entry in the list of streams flushed at exit, or null
};

/// BytesIO.
struct BytesStream : Object {
  uint8_t *data; // collector-owned, atomic
  int64_t length, capacity, pos, exports;
  bool closed;
};

/// Which line ends a text stream knows.
struct NewlineMode {
  bool universal = false, translate = false; // reading
  bool writeTranslate = false;
  uint8_t terminatorSize = 0; // of `terminator`, when reading is not universal
  char terminator[3] = {};    // "", "\n", "\r", "\r\n"
  char writeAs[3] = {};       // what "\n" is written as, when writeTranslate and not "\n"
};

/// StringIO.
struct StringStream : Object {
  void *data; // collector-owned, atomic; kind bytes per character
  int64_t length, capacity, pos;
  uint32_t kind;
  uint8_t seenNewlines; // SeenNewlines
  bool closed, ready;
  Value newline; // as given: str or None
  NewlineMode mode;
};
enum SeenNewlines : uint8_t { kSeenCr = 1, kSeenLf = 2, kSeenCrLf = 4 };

/// IncrementalNewlineDecoder.
struct NewlineDecoder : Object {
  Value decoder, errors; // decoder: None when text comes in
  bool translate, pendingCr, ready;
  uint8_t seen; // SeenNewlines
};

enum class TextCodec : uint8_t { Utf8, Latin1, Ascii, Other };

struct TextWrapper : Object {
  Value buffer;     // null before __init__ and after detach()
  Buffered *direct; // buffer, if it is exactly a native Buffered*
  Str *encoding, *errors;
  TextCodec codec;
  bool ready, detached, finalizing, lineBuffering, writeThrough, seekable, telling, hasRead1, strict, canRead,
      canWrite;
  NewlineMode mode;
  // Writing.
  uint8_t *pending; // encoded, not yet handed to the buffer; collector-owned, atomic
  int64_t pendingSize, pendingCapacity;
  Value encoder; // TextCodec::Other
  bool encodingStarted;
  // Reading.
  Str *decoded; // text of the last chunk, or null
  int64_t decodedUsed;
  Value decoder;   // TextCodec::Other: the codec's incremental decoder; null until needed
  uint8_t rest[4]; // bytes of an incomplete character
  uint8_t restSize;
  bool pendingCr;
  uint8_t seen;
  bool hasSnapshot;
  // What reading the last chunk began with, for tell().
  Value snapshotState; // Other: flags of the decoder; native codecs: null
  bool snapshotCr;
  Bytes *snapshotInput;
  int64_t chunkSize;
  double charsPerByte;
  void *exitLink;
};

extern "C" {
extern Class krt_iobase_class, krt_rawiobase_class, krt_bufferediobase_class, krt_textiobase_class;
extern Class krt_fileio_class, krt_buffered_reader_class, krt_buffered_writer_class,
    krt_buffered_random_class, krt_buffered_rwpair_class, krt_bytesio_class, krt_stringio_class,
    krt_newline_decoder_class, krt_textiowrapper_class;
}
/// io.UnsupportedOperation.
extern Class *ioUnsupportedClass;

// ---- Helpers ----------------------------------------------------------------------------------------

inline Value ioUnsupported(const char *what) { return krt_raise(ioUnsupportedClass, "%s", what); }
/// Two steps were made, of which the first raised [first] (or null): it becomes the context of what the
/// second raised, or is raised itself.
void ioChain(Value first);
inline Value ioRaiseClosed() { return krt_raise(kValueError, "I/O operation on closed file."); }
/// The same as FileIO and StringIO word it.
inline Value ioRaiseClosedPlain() { return krt_raise(kValueError, "I/O operation on closed file"); }
inline Value ioRaiseUninitialised() {
  return krt_raise(kValueError, "I/O operation on uninitialized object");
}

template <typename... Args> Value ioCall_py(Value object, Str *name, Args... args) {
  Value argv[sizeof...(Args) + 1] = {Value(args)...};
  return krt_call_method_py(object, name, argv, sizeof...(Args));
}
inline Value ioInt(int64_t i) { return krt_int_from_i64(i); }
/// object.<name> as a truth value; -1 on error.
int ioAttributeTruth_py(Value object, Str *name);
/// A count argument: None or -1 mean "all". False with an exception pending.
bool ioSize_py(Value given, int64_t *out);
/// An int result that must be an integer, e.g. a position.
bool ioOffset_py(Value given, int64_t *out);
/// object.closed; raises ValueError if so. False with an exception pending.
/// The buffer that a readinto method fills.
inline bool acquireTarget_py(BytesLike &target, Value buffer) {
  if (krt_buffer_check(buffer) && target.acquire_py(buffer, kBufferWritable))
    return true;
  if (!errorPending() || krt_error_clear_if(kBufferError))
    krt_raise(kTypeError, "readinto() argument must be read-write bytes-like object, not %.50T", buffer);
  return false;
}
bool ioCheckClosed_py(Value object, const char *message = "I/O operation on closed file.");
/// `make` of classes that take their arguments in __init__.
Value ioMake(Class *cls, const Value *args, size_t nargs, Tuple *kwnames);
/// Whether the object's class and attributes are those it was born with.
inline bool ioIsExact(Value v, const Class &cls) { return v.isObject() && v.asObject()->shape->cls == &cls; }
/// The path as bytes of the file system's encoding, NUL-terminated: str, bytes or os.PathLike. Null with an
/// exception.
const char *ioFsPath_py(Value path);

/// ResourceWarning that [source], which stands on [file] (may be null), was never closed; none if the
/// descriptor is not its own.
void ioWarnUnclosed_py(FileIO *file, Value source);
/// What flushing at exit goes through: streams that may hold unwritten data. Weak.
void *ioExitRegister(Object *stream, int (*flush)(Object *stream));
void ioExitForget(void *entry);
void ioFlushAtExit_py();
/// Before the file [path] is looked at or written from elsewhere: what a stream that nobody holds any more
/// has still to write to it is written, as with reference counts. Costs a test where no such stream is open.
/// To be called from a function with a small frame: what earlier calls left in the unused words of a large
/// one would count as references.
void ioSettle_py(Value path);
/// The same for all files, before processes are started, replaced or ended at once ([ending]: what may still
/// be held is left alone).
void ioSettleAll_py(bool ending = false);
/// Collects and runs finalizers: closes what nobody holds any more.
void ioCloseDropped_py();
/// To be called with each new descriptor that a file object holds: when their numbers have grown, the files
/// that nobody holds any more are closed, as CPython has done by then.
void ioDescriptorsGrow_py(int fd);
/// ResourceWarning for a file that is open at the end of the program, once for all streams over it.
void ioWarnLast_py(Object *stream);

// ---- FileIO, directly -------------------------------------------------------------------------------

/// Bytes read (0 at the end); -1 with an exception pending, -2 when reading would block.
int64_t fileRead_py(FileIO *file, uint8_t *to, int64_t size);
int64_t fileWrite_py(FileIO *file, const uint8_t *from, int64_t size);
Value fileReadAll_py(FileIO *file);
/// New position; -1 with an exception pending.
int64_t fileSeek_py(FileIO *file, int64_t offset, int whence);
/// Opens; null with an exception pending.
FileIO *fileOpen_py(Value name, const char *mode, bool closeFd, Value opener);
bool fileClose_py(FileIO *file);

// ---- Buffered, directly -----------------------------------------------------------------------------

/// One thread at a time works on a buffer: the global lock is given up while the raw stream waits. False
/// (RuntimeError) when the same thread comes back in, from a signal handler or from methods of the raw
/// stream.
class BufferedUse {
public:
  explicit BufferedUse(Buffered *self) : self_(self), entered_(!self->owner || wait_py(self)) {
    if (entered_) {
      self->owner = &krt_thread;
      self->ownerForks = forks;
    }
  }
  ~BufferedUse() {
    if (entered_)
      self_->owner = nullptr;
  }
  BufferedUse(const BufferedUse &) = delete;
  BufferedUse &operator=(const BufferedUse &) = delete;
  explicit operator bool() const { return entered_; }

  static uint64_t forks;
  static bool exiting; // streams are being flushed for the last time: nobody waits for long

private:
  static bool wait_py(Buffered *self);
  Buffered *self_;
  bool entered_;
};

Buffered *bufferedNew_py(const Class &cls, Value raw, int64_t size);
/// At most one read of the raw stream. Bytes, None or null.
Value bufferedRead1_py(Buffered *self, int64_t size);
bool bufferedWrite_py(Buffered *self, const uint8_t *from, int64_t size);
/// Hands what is to be written to the raw stream.
bool bufferedFlush_py(Buffered *self);
bool bufferedClosed_py(Buffered *self, bool *closed);
inline bool isNativeBuffered(Value v) {
  return ioIsExact(v, krt_buffered_reader_class) || ioIsExact(v, krt_buffered_writer_class) ||
         ioIsExact(v, krt_buffered_random_class);
}

// ---- Text -------------------------------------------------------------------------------------------

/// From the newline argument (None, '', '\n', '\r', '\r\n'); false with an exception pending.
bool newlineMode_py(Value newline, NewlineMode *out);
TextWrapper *textNew_py(Value buffer, Value encoding, Value errors, Value newline, bool lineBuffering,
                        bool writeThrough);
bool textWrite_py(TextWrapper *self, Str *text);
/// Hands encoded text to the buffer.
bool textFlushPending_py(TextWrapper *self);
bool textFlush_py(TextWrapper *self);
/// The position behind the first line end at or after [start] in characters [start, length) of [kind] bytes;
/// -1: none.
int64_t findLineEnd(const NewlineMode &mode, const void *data, unsigned kind, int64_t start, int64_t length);
/// Translates line ends and notes which were seen. [pendingCr] is carried from call to call.
Str *translateNewlines(Str *text, bool translate, bool *pendingCr, uint8_t *seen, bool final);
/// str, tuple of str or None for the `newlines` attribute.
Value newlinesSeen(uint8_t seen);

} // namespace krait
