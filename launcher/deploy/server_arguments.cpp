#include "launcher/deploy/server_arguments.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/project/workspace.hpp"

namespace warp {
namespace {

bool is_name_part(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_name_start(char c) { return c == '_' || std::isalpha(static_cast<unsigned char>(c)) != 0; }

class ArgumentReader final {
 public:
  ArgumentReader(const std::string& origin, std::string_view text, const Environment& variables)
      : origin_(origin), text_(text), variables_(variables) {}

  Result<ServerArguments> read() {
    while (place_ < text_.size()) {
      const std::size_t start = place_;
      WARP_CHECK(read_character());
      if (word_) written_.append(text_.substr(start, place_ - start));
    }
    if (quote_ != 0) return fail_here("a quote is not closed");
    end_word();
    return std::move(arguments_);
  }

 private:
  Result<> read_character() {
    const char c = text_[place_++];
    if (quote_ == '\'') {
      quoted(c);
    } else if (c == '\\') {
      return read_escaped();
    } else if (c == '$') {
      return read_variable();
    } else if (quote_ == '"') {
      quoted(c);
    } else if (c == '\'' || c == '"') {
      quote_ = c;
      append("");
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      end_word();
      if (c == '\n') ++line_;
    } else if (c == '#' && !word_) {
      place_ = std::min(text_.find('\n', place_), text_.size());
    } else {
      append({&c, 1});
    }
    return {};
  }

  void quoted(char c) {
    if (c == '\n') ++line_;
    if (c == quote_) {
      quote_ = 0;
    } else {
      append({&c, 1});
    }
  }

  Result<> read_escaped() {
    if (place_ == text_.size()) return fail_here("a backslash ends the file");
    const char c = text_[place_++];
    if (c == '\n') {
      ++line_;  // a line that goes on
    } else {
      append({&c, 1});
    }
    return {};
  }

  Result<> read_variable() {
    const bool has_brace = place_ < text_.size() && text_[place_] == '{';
    if (has_brace) ++place_;
    const std::size_t start = place_;
    if (place_ < text_.size() && is_name_start(text_[place_]))
      while (place_ < text_.size() && is_name_part(text_[place_])) ++place_;
    const std::string_view name = text_.substr(start, place_ - start);
    if (name.empty()) return fail_here("a $ without a name after it; write \\$ for the character");
    std::optional<std::string_view> otherwise;
    if (has_brace) {
      const std::size_t end = text_.find('}', place_);
      std::string_view rest =
          end == std::string_view::npos ? "?" : text_.substr(place_, end - place_);
      if (rest.starts_with(":-")) otherwise = rest.substr(2);
      if (end == std::string_view::npos || (!rest.empty() && !otherwise))
        return fail_here("after ${" + std::string(name) + " only } or :-VALUE} may follow");
      place_ = end + 1;
    }
    return append_variable(name, otherwise);
  }

  Result<> append_variable(std::string_view name, std::optional<std::string_view> otherwise) {
    const auto found = variables_.find(name);
    const bool is_set = found != variables_.end() && (!otherwise || !found->second.empty());
    if (!is_set && !otherwise)
      return fail_here("$" + std::string(name) + " is not set; set it, in .warpdrive/environment " +
                       "for instance, or write ${" + std::string(name) + ":-VALUE}");
    append(is_set ? std::string_view(found->second) : *otherwise);
    return {};
  }

  tl::unexpected<Error> fail_here(const std::string& why) const {
    return fail(Errc::kInvalidSetting, origin_ + ":" + std::to_string(line_) + ": " + why);
  }

  void append(std::string_view text) {
    if (!word_) word_.emplace();
    word_->append(text);
  }

  void end_word() {
    if (word_) {
      arguments_.words.push_back(std::move(*word_));
      arguments_.written.push_back(std::move(written_));
    }
    word_.reset();
    written_.clear();
  }

  const std::string& origin_;
  std::string_view text_;
  const Environment& variables_;
  std::size_t place_ = 0;
  std::size_t line_ = 1;
  char quote_ = 0;
  std::optional<std::string> word_;
  std::string written_;
  ServerArguments arguments_;
};

}  // namespace

Result<ServerArguments> expand_arguments(const std::string& origin, std::string_view text,
                                         const Environment& variables) {
  return ArgumentReader(origin, text, variables).read();
}

Result<ServerArguments> read_server_arguments(const std::string& path,
                                              const Environment& variables) {
  if (!is_file(path)) return ServerArguments{};
  WARP_TRY(const std::string text, read_project_file(path));
  return expand_arguments(path, text, variables);
}

}  // namespace warp
