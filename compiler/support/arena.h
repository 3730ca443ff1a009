// Bump allocation for data that lives and dies together (an AST, a code unit). Nothing allocated here is
// destroyed one by one: only trivially destructible types belong in an arena.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace krait {

class Arena {
public:
  Arena() = default;
  Arena(const Arena &) = delete;
  Arena &operator=(const Arena &) = delete;
  ~Arena() {
    while (chunks_) {
      Chunk *next = chunks_->next;
      std::free(chunks_);
      chunks_ = next;
    }
  }

  /// Returns [bytes] bytes aligned to 8.
  void *allocate(size_t bytes) {
    bytes = (bytes + 7) & ~size_t(7);
    if (bytes > size_t(end_ - next_))
      refill(bytes);
    char *result = next_;
    next_ += bytes;
    return result;
  }

  template <typename T, typename... Args> T *create(Args &&...args) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 8);
    return new (allocate(sizeof(T))) T{std::forward<Args>(args)...};
  }

  template <typename T> T *createArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 8);
    return static_cast<T *>(allocate(count * sizeof(T)));
  }

  /// Copies [text] and adds a terminating zero byte that is not counted.
  const char *copy(std::string_view text) {
    char *result = static_cast<char *>(allocate(text.size() + 1));
    if (!text.empty())
      std::memcpy(result, text.data(), text.size());
    result[text.size()] = 0;
    return result;
  }

private:
  struct Chunk {
    Chunk *next;
  };

  [[gnu::noinline]] void refill(size_t bytes) {
    size_t size = chunkSize_ > bytes + sizeof(Chunk) ? chunkSize_ : bytes + sizeof(Chunk);
    // Chunks grow up to 1 MB: a one-line eval stays small, a large file needs few chunks.
    if (chunkSize_ < (size_t(1) << 20))
      chunkSize_ *= 2;
    auto *chunk = static_cast<Chunk *>(std::malloc(size));
    if (!chunk)
      std::abort();
    chunk->next = chunks_;
    chunks_ = chunk;
    next_ = reinterpret_cast<char *>(chunk + 1);
    end_ = reinterpret_cast<char *>(chunk) + size;
  }

  Chunk *chunks_ = nullptr;
  char *next_ = nullptr, *end_ = nullptr;
  size_t chunkSize_ = 4096;
};

} // namespace krait
