#include "mod_warp/core/arguments.hpp"

namespace warp::core {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool is_escape(std::string_view text, std::size_t at, char quote) {
  return text[at] == '\\' && at + 1 < text.size() &&
         (text[at + 1] == quote || text[at + 1] == '\\');
}

// Appends what is between the quotes that open at `at`; gives the place after the closing one.
Result<std::size_t> take_quoted(std::string_view text, std::size_t at, std::string& word) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (text[at] == quote) return at + 1;
    if (is_escape(text, at, quote)) ++at;
    word += text[at];
  }
  return fail(Errc::kInvalidDirective, std::string("a ") + quote + " is not closed");
}

}  // namespace

Result<std::vector<std::string>> split_arguments(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = text.find_first_not_of(kSpace);
  while (at < text.size()) {
    std::string word;
    while (at < text.size() && kSpace.find(text[at]) == std::string_view::npos) {
      if (text[at] == '"' || text[at] == '\'') {
        WARP_TRY(at, take_quoted(text, at, word));
      } else {
        word += text[at++];
      }
    }
    words.push_back(std::move(word));
    at = text.find_first_not_of(kSpace, at);
  }
  return words;
}

std::optional<std::pair<std::string_view, std::string_view>> split_option(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  return std::pair(word.substr(0, equals), word.substr(equals + 1));
}

}  // namespace warp::core
