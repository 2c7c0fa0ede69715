#include "launcher/doctor/production.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp {

Findings examine_django(const Django& django, bool is_development) {
  const Verdict bad = is_development ? Verdict::kWarning : Verdict::kProblem;
  const std::string settings = "the settings " + django.settings_module;
  Findings findings;
  if (django.is_debugging)
    findings.push_back({bad, "debug",
                        settings + " have DEBUG on, which shows source and settings to whoever "
                                   "causes an error; set DEBUG = False for production"});
  if (django.has_weak_key)
    findings.push_back({bad, "secret-key",
                        settings + " have a SECRET_KEY that can be guessed (missing, short, or "
                                   "made by startproject): sessions can be forged; take one of 50 "
                                   "random characters from the environment"});
  const std::vector<std::string>& hosts = django.allowed_hosts;
  if (hosts.empty() && !django.is_debugging)
    findings.push_back({bad, "allowed-hosts",
                        settings + " have no ALLOWED_HOSTS, so that Django answers 400 to every "
                                   "request; name the server's host names"});
  if (std::find(hosts.begin(), hosts.end(), "*") != hosts.end())
    findings.push_back({Verdict::kWarning, "allowed-hosts",
                        settings + " allow every host ('*'), so that links made from the Host "
                                   "field can be forged; name the server's host names"});
  if (findings.empty())
    findings.push_back({Verdict::kOk, "production",
                        settings + " have DEBUG off, a SECRET_KEY and ALLOWED_HOSTS: " +
                            printable(join(hosts, ", "))});
  return findings;
}

Findings examine_error_page(const Settings& settings) {
  if (settings.error_page != "development") return {};
  return {{Verdict::kWarning, "error-page",
           origin_of(settings, "error-page") +
               ": whoever causes an error sees source and requests; leave out debug-mode "
               "and error-page for production"}};
}

}  // namespace warp
