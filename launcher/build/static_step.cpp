#include "launcher/build/static_step.hpp"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/strings.hpp"
#include "launcher/build/build_scripts.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/json.hpp"
#include "launcher/plan/plan.hpp"
#include "launcher/plan/static_files.hpp"
#include "launcher/run/collect_static.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr int kMostSecrets = 5;
constexpr std::size_t kLargestNote = 64UL * 1024;

std::string note_of(const std::string& state) { return state + "/static-files"; }

Result<std::string> throw_away_secret() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  unsigned char bytes[32];
  if (::getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes))
    return fail_errno("getrandom");
  std::string secret;
  for (const unsigned char byte : bytes) secret.append({kDigits[byte >> 4U], kDigits[byte & 15U]});
  return secret;
}

bool is_disabled(const Environment& variables) {
  const std::string value = variable(variables, "DISABLE_COLLECTSTATIC");
  return !value.empty() && value != "0";
}

// Settings that take their secrets from variables can't be imported where these are not set, and a
// build is such a place.
Result<Django> ask_with_secrets(const BuildSite& site, const Project& project,
                                Environment& variables, Host& host) {
  for (int attempt = 0;; ++attempt) {
    Workspace there = site.workspace;
    there.variables = variables;
    WorkspaceHost with_secrets(host, there);
    Project asked = project;
    auto django = ask_django(with_secrets, site.settings, asked);
    if (django || attempt == kMostSecrets) return django;
    const std::string name = missing_secret_in(django.error().detail);
    if (name.empty() || variables.contains(name)) return django;
    WARP_TRY(variables[name], throw_away_secret());
    print_detail("the settings want the variable " + name +
                 ", which is not set: a throw-away value is used for this build");
  }
}

Result<> record_collected(const std::string& state, const std::string& url,
                          const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(state, error);
  if (error) return fail_errno("mkdir " + state, error.value());
  return write_atomically(note_of(state), url + "\n" + folder + "\n", 0644);
}

Result<std::string> folder_for(const BuildSite& site, const Django& django) {
  ::unlink(note_of(site.state).c_str());
  std::string folder = django.static_root;
  if (folder.empty()) {
    folder = site.state + "/static";
    print_detail("the settings have no STATIC_ROOT: " + folder + " is used");
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail_errno("mkdir " + folder, error.value());
  return folder;
}

StaticFilesOf who_serves(const Django& django) {
  if (!can_be_mapped(django.static_url)) return StaticFilesOf::kNobody;
  return django.has_whitenoise ? StaticFilesOf::kApplication : StaticFilesOf::kServer;
}

Result<> compress(const BuildSite& site, const std::string& folder, Host& host) {
  WARP_TRY(const std::string answer,
           run_build_script(site, kPrecompressScript, {folder, site.state + "/compressed"},
                            "compress the files of " + folder, host));
  const Json counts = parse_json(answer);
  const double gzip = number_of(counts, ".gz").value_or(0);
  const auto brotli = number_of(counts, ".br");
  print_detail(std::to_string(static_cast<long>(gzip)) + " files have a .gz" +
               (brotli ? ", " + std::to_string(static_cast<long>(*brotli)) + " a .br"
                       : "; no .br, for there is no brotli here"));
  return {};
}

constexpr std::string_view kOfAVariable = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
constexpr std::string_view kSmallLetters = "abcdefghijklmnopqrstuvwxyz";

}  // namespace

std::string missing_secret_in(std::string_view words) {
  const std::string last = last_lines(words, 1);
  const std::string letters = std::string(kOfAVariable) + std::string(kSmallLetters);
  for (std::size_t at = 0; (at = last.find_first_of(letters, at)) != std::string::npos;) {
    const std::size_t end = std::min(last.find_first_not_of(letters, at), last.size());
    std::string word = last.substr(at, end - at);
    const bool is_variable = word.find_first_not_of(kOfAVariable) == std::string::npos;
    if (is_variable && word.find("SECRET") != std::string::npos) return word;
    at = end;
  }
  return {};
}

std::optional<CollectedFiles> read_collected(const std::string& state) {
  const auto text = read_text(note_of(state), kLargestNote);
  if (!text) return std::nullopt;
  const auto lines = split(*text, '\n');
  if (lines.size() < 2 || !is_directory(std::string(lines[1]))) return std::nullopt;
  return CollectedFiles{std::string(lines[0]), std::string(lines[1])};
}

Result<StaticFilesOf> collect_and_compress(const BuildSite& site, Host& host) {
  if (!is_django_project(site.settings.project_directory)) return StaticFilesOf::kNobody;
  if (is_disabled(site.workspace.variables)) {
    print_step("Static files are not collected: DISABLE_COLLECTSTATIC is set");
    return StaticFilesOf::kNobody;
  }
  const StepTimer timer("Collecting Django's static files");
  Project project{.directory = site.settings.project_directory,
                  .user = host.current_user(),
                  .python = site.python};
  Environment variables = site.workspace.variables;
  WARP_TRY(project.django, ask_with_secrets(site, project, variables, host));
  if (!project.django->has_staticfiles || project.django->static_url.empty()) {
    print_detail("none: the settings have no django.contrib.staticfiles, or no STATIC_URL");
    return StaticFilesOf::kNobody;
  }
  WARP_TRY(const std::string folder, folder_for(site, *project.django));
  Workspace there = site.workspace;
  there.variables = variables;
  WorkspaceHost with_secrets(host, there);
  const Plan plan{.settings = site.settings, .project = project, .collect_into = folder};
  WARP_TRY(const Collected collected, collect_static(plan, with_secrets));
  if (collected.made_up_secret_key)
    print_detail("the settings have no SECRET_KEY: a throw-away one is used for this build");
  print_detail("collected in " + folder);
  WARP_CHECK(compress(site, folder, host));
  if (project.django->static_root.empty())
    WARP_CHECK(record_collected(site.state, project.django->static_url, folder));
  timer.done();
  return who_serves(*project.django);
}

}  // namespace warp
