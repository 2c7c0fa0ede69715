// How the text of an environment variable becomes an option's words. No words: the variable says
// nothing to us.
#pragma once

#include "launcher/settings/option.hpp"

namespace warp {

using Words = std::vector<std::string>;

// Lists and pairs are words: WARPDRIVE_URL_ALIAS="/media=/srv/media /x=/y".
[[nodiscard]] Result<Words> own_words(const Option& option, const std::string& value);

// A script's test for "is it set" switches on, whatever the text; only a plain no does not.
[[nodiscard]] Result<Words> switch_words(const Option& option, const std::string& value);
// "10.0.0.1, 10.0.0.2"
[[nodiscard]] Result<Words> comma_words(const Option& option, const std::string& value);
// Only what is meant as an address to listen on: a literal one, * or localhost.
[[nodiscard]] Result<Words> address_words(const Option& option, const std::string& value);
// "shop.wsgi" or "shop.wsgi:app"; never a folder or file of that name.
[[nodiscard]] Result<Words> module_words(const Option& option, const std::string& value);
// The header fields that uvicorn believes of the proxies in FORWARDED_ALLOW_IPS.
[[nodiscard]] Result<Words> usual_proxy_headers(const Option& option, const std::string& value);

}  // namespace warp
