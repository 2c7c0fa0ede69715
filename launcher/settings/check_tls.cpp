#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool has_key(std::string_view text) { return holds(text, "PRIVATE KEY-----"); }

// The file's text; a problem that names the option when it can't be read.
std::optional<std::string> text_of(const std::string& path, std::string_view option,
                                   Problems& problems) {
  auto text = is_file(path) ? read_text(path) : fail(Errc::kNotFound, path + ": no such file");
  if (text) return *std::move(text);
  refuse(problems, std::string(option) + ": " + text.error().detail);
  return std::nullopt;
}

void check_key(const std::string& text, const std::string& path, Problems& problems) {
  if (!has_key(text))
    refuse(problems, "ssl-certificate-key-file: " + path +
                         " holds no private key (-----BEGIN PRIVATE KEY-----)");
  else if (holds(text, "ENCRYPTED"))
    refuse(problems, "ssl-certificate-key-file: " + path +
                         " is encrypted, and nobody is there to type its password at a start; "
                         "decrypt it: openssl pkey -in FILE -out FILE.plain");
}

void check_certificate(const Settings& settings, Problems& problems) {
  const std::string& path = settings.ssl_certificate_file;
  const std::string& key_path = settings.ssl_certificate_key_file;
  const auto text = text_of(path, "ssl-certificate-file", problems);
  if (text && !holds(*text, "-----BEGIN CERTIFICATE-----"))
    refuse(problems,
           "ssl-certificate-file: " + path + " holds no certificate (-----BEGIN CERTIFICATE-----)");
  if (!key_path.empty()) {
    if (const auto key = text_of(key_path, "ssl-certificate-key-file", problems))
      check_key(*key, key_path, problems);
  } else if (text && !has_key(*text)) {
    refuse(problems, "ssl-certificate-key-file is missing, and " + path + " holds no private key");
  }
}

void check_clients(const Settings& settings, Problems& problems) {
  const std::string& path = settings.ssl_ca_certificate_file;
  for (const std::string& url : settings.ssl_verify_client)
    if (!is_url_path(url))
      refuse(problems, "ssl-verify-client: URL '" + printable(url) + "' does not start with /");
  if (path.empty()) {
    if (!settings.ssl_verify_client.empty())
      refuse(problems, "ssl-verify-client needs ssl-ca-certificate-file, whose clients are let in");
    return;
  }
  const auto text = text_of(path, "ssl-ca-certificate-file", problems);
  if (text && !holds(*text, "-----BEGIN CERTIFICATE-----"))
    refuse(problems, "ssl-ca-certificate-file: " + path +
                         " holds no certificate (-----BEGIN CERTIFICATE-----)");
  if (settings.ssl_verify_client.empty() && !settings.https_only)
    refuse(problems,
           "ssl-ca-certificate-file asks every client for a certificate, but over HTTP they get "
           "in without; add https-only, or say where with ssl-verify-client");
}

void refuse_without_https(const Settings& settings, Problems& problems) {
  const std::vector<std::pair<std::string_view, bool>> options = {
      {"ssl-certificate", !settings.ssl_certificate.empty()},
      {"ssl-certificate-file", !settings.ssl_certificate_file.empty()},
      {"ssl-certificate-key-file", !settings.ssl_certificate_key_file.empty()},
      {"ssl-ca-certificate-file", !settings.ssl_ca_certificate_file.empty()},
      {"ssl-verify-client", !settings.ssl_verify_client.empty()},
      {"ssl-environment", settings.ssl_environment},
      {"https-only", settings.https_only},
      {"hsts-policy", !settings.hsts_policy.empty()}};
  for (const auto& [option, is_said] : options)
    if (is_said)
      refuse(problems, std::string(option) + " needs https-port, the port for HTTPS: 8443, or 443");
}

}  // namespace

void check_tls(Settings& settings, Problems& problems) {
  if (settings.http2 && settings.server_mpm == Mpm::kPrefork)
    refuse(problems, "http2 does not work with server-mpm prefork; choose event");
  if (settings.https_port == 0) return refuse_without_https(settings, problems);
  if (settings.https_port == settings.port)
    refuse(problems, "https-port and port are both " + std::to_string(settings.port) +
                         "; HTTP and HTTPS need a port each");
  if (!settings.hsts_policy.empty() && !settings.hsts_policy.starts_with("max-age="))
    refuse(problems, "hsts-policy: '" + printable(settings.hsts_policy) +
                         "' does not start with max-age=; write max-age=31536000 for a year");
  if (!settings.ssl_certificate.empty()) {
    if (!settings.ssl_certificate_file.empty() || !settings.ssl_certificate_key_file.empty())
      refuse(problems,
             "ssl-certificate is short for ssl-certificate-file and ssl-certificate-key-file; "
             "leave it or them out");
    settings.ssl_certificate_file = settings.ssl_certificate + ".crt";
    settings.ssl_certificate_key_file = settings.ssl_certificate + ".key";
  }
  if (settings.ssl_certificate_file.empty())
    refuse(problems, "https-port needs ssl-certificate-file, the server's certificate");
  else
    check_certificate(settings, problems);
  check_clients(settings, problems);
}

}  // namespace warp
