#include "launcher/detect/shell_line.hpp"

#include <optional>

namespace warp {
namespace {

constexpr std::string_view kSpace = " \t\r";
constexpr std::string_view kSeparators = ";&|";

bool is_of_a_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class LineReader final {
 public:
  LineReader(std::string_view line, const Environment& environment)
      : rest_(line), environment_(environment) {}

  std::vector<ShellCommand> read() {
    while (!rest_.empty()) read_next();
    end_command();
    return std::move(commands_);
  }

 private:
  void read_next() {
    const char c = take();
    if (c == '$' && quote_ != '\'') {
      read_variable();
    } else if (c == '\\' && quote_ != '\'' && !rest_.empty()) {
      append(take());
    } else if (quote_ != 0) {
      read_quoted(c);
    } else if (c == '\'' || c == '"') {
      quote_ = c;
      if (!word_) word_.emplace();
    } else if (kSpace.find(c) != std::string_view::npos) {
      end_word();
    } else if (kSeparators.find(c) != std::string_view::npos) {
      end_command();
    } else if (c == '#' && !word_) {
      rest_ = {};
    } else {
      append(c);
    }
  }

  void read_quoted(char c) {
    if (c == quote_) {
      quote_ = 0;
    } else {
      append(c);
    }
  }

  void read_variable() {
    const bool has_braces = rest_.starts_with("{");
    const std::size_t begin = has_braces ? 1 : 0;
    std::size_t end = begin;
    while (end < rest_.size() && is_of_a_name(rest_[end])) ++end;
    const std::string_view name = rest_.substr(begin, end - begin);
    std::string_view otherwise;
    std::size_t after = end;
    if (has_braces) {
      const std::size_t brace = rest_.find('}', end);
      after = brace == std::string_view::npos ? rest_.size() : brace + 1;
      if (rest_.substr(end).starts_with(":-")) otherwise = rest_.substr(end + 2, after - end - 3);
    }
    std::string value = variable(environment_, name);
    if (value.empty()) value = otherwise;
    if (value.empty()) value = "$" + std::string(rest_.substr(0, after));
    rest_.remove_prefix(after);
    for (const char c : value) append(c);
  }

  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void append(char c) {
    if (!word_) word_.emplace();
    word_->push_back(c);
  }
  void end_word() {
    if (word_) words_.push_back(*std::move(word_));
    word_.reset();
  }
  void end_command() {
    end_word();
    if (!words_.empty()) commands_.push_back(std::move(words_));
    words_.clear();
  }

  std::string_view rest_;
  const Environment& environment_;
  std::vector<ShellCommand> commands_;
  ShellCommand words_;
  std::optional<std::string> word_;
  char quote_ = 0;
};

}  // namespace

std::vector<ShellCommand> shell_commands(std::string_view line, const Environment& environment) {
  return LineReader(line, environment).read();
}

}  // namespace warp
