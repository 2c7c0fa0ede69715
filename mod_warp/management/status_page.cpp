#include "mod_warp/management/status_page.hpp"

#include "mod_warp/management/html_text.hpp"
#include "mod_warp/management/page_assets.hpp"
#include "mod_warp/management/quantities.hpp"
#include "mod_warp/management/status_section.hpp"

namespace warp::management {
namespace {

std::string groups_text(const ServerStatus& status) {
  HtmlText html;
  for (const GroupStatus& group : status.groups) html.markup(status_section(group));
  if (status.groups.empty()) html.markup("<p class=\"none\">There is no process group.</p>\n");
  return std::move(html).finish();
}

constexpr std::string_view kEnding = "The server is about to stop or to restart.";

// What stands in the frame as {{word}}.
std::string word_text(std::string_view word, const ServerStatus& status) {
  if (word == "style") return std::string(kPageStyle.text);
  if (word == "script") return std::string(kPageScript.text);
  if (word == "title") return "warpdrive on " + as_html(status.host);
  if (word == "server") return as_html(status.software);
  if (word == "time") return time_text(status.time_us);
  if (word == "notice") return status.is_ending ? ">" + std::string(kEnding) : " hidden>";
  return groups_text(status);
}

// As the policy names hashes.
std::string base64_of(std::string_view hexadecimal) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  // Three digits of 4 bits are two of 6.
  for (std::size_t at = 0; at < hexadecimal.size(); at += 3) {
    std::size_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits * 16 + (at + i < hexadecimal.size() ? kHex.find(hexadecimal[at + i]) : 0);
    text += kDigits[bits / 64];
    text += kDigits[bits % 64];
  }
  text.resize((hexadecimal.size() * 4 + 5) / 6);
  return text.append((4 - text.size() % 4) % 4, '=');
}

}  // namespace

std::string status_page(const ServerStatus& status) {
  std::string page;
  std::string_view rest = kPageFrame;
  for (;;) {
    const std::size_t begin = rest.find("{{");
    const std::size_t end = rest.find("}}", begin);
    page += rest.substr(0, begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return page;
    page += word_text(rest.substr(begin + 2, end - begin - 2), status);
    rest.remove_prefix(end + 2);
  }
}

std::string status_page_policy() {
  return "default-src 'none'; style-src 'sha256-" + base64_of(kPageStyle.sha256) +
         "'; script-src 'sha256-" + base64_of(kPageScript.sha256) +
         "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'";
}

}  // namespace warp::management
