#include "launcher/settings/words.hpp"

#include <optional>

namespace warp {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

class WordReader final {
 public:
  void read(char c) {
    if (escaped_) {
      append(c);
      escaped_ = false;
    } else if (c == '\\' && quote_ != '\'') {
      escaped_ = true;
    } else if (quote_ != 0) {
      read_quoted(c);
    } else if (c == '\'' || c == '"') {
      quote_ = c;
      append({});
    } else if (kSpace.find(c) != std::string_view::npos) {
      end_word();
    } else {
      append(c);
    }
  }

  void end_word() {
    if (word_) words_.push_back(*word_);
    word_.reset();
  }

  [[nodiscard]] bool is_open() const { return quote_ != 0 || escaped_; }
  [[nodiscard]] std::vector<std::string> take() { return std::move(words_); }

 private:
  void read_quoted(char c) {
    if (c == quote_) {
      quote_ = 0;
    } else {
      append(c);
    }
  }
  void append(std::optional<char> c) {
    if (!word_) word_.emplace();
    if (c) word_->push_back(*c);
  }

  std::vector<std::string> words_;
  std::optional<std::string> word_;
  char quote_ = 0;
  bool escaped_ = false;
};

}  // namespace

Result<std::vector<std::string>> split_words(std::string_view text) {
  WordReader reader;
  for (const char c : text) reader.read(c);
  if (reader.is_open())
    return fail(Errc::kInvalidSetting, "a quote is not closed, or a backslash ends the text");
  reader.end_word();
  return reader.take();
}

}  // namespace warp
