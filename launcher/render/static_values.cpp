#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/modules.hpp"
#include "launcher/render/quote.hpp"
#include "launcher/render/values.hpp"

namespace warp {
namespace {

// httpd takes *, ? and [ in the name of a section for wild cards and knows no escape that works;
// such a name goes into the section's regular-expression form.
struct Section {
  std::string keyword;
  std::string name;
};

bool has_wild_cards(const std::string& name) {
  return name.find_first_of("*?[") != std::string::npos;
}

Section directory_section(std::string path) {
  if (path.ends_with("/")) path.pop_back();
  if (has_wild_cards(path)) return {"DirectoryMatch", "^" + regex_for(path) + "(/|$)"};
  return {"Directory", path};
}

Section files_section(const std::string& name) {
  if (has_wild_cards(name)) return {"FilesMatch", "^" + regex_for(name) + "$"};
  return {"Files", name};
}

std::string hidden_names_below(const std::string& url) {
  return "^" + regex_for(url) + (url.ends_with("/") ? "" : "/") + "(.*/)?\\.";
}

TemplateList static_values(const Plan& plan) {
  TemplateList list;
  for (const StaticFiles& entry : plan.static_files) {
    const Section folder =
        directory_section(entry.is_directory ? entry.path : parent_of(entry.path));
    const Section file = files_section(name_of(entry.path));
    list.push_back({{{"url", entry.url},
                     {"path", entry.path},
                     {"is_directory", entry.is_directory},
                     {"directory", folder.keyword},
                     {"folder", folder.name},
                     {"files", file.keyword},
                     {"file_name", file.name},
                     {"hidden", hidden_names_below(entry.url)}}});
  }
  return list;
}

void add_document_root(TemplateValues& values, const Plan& plan) {
  const std::string& path = plan.document_root;
  const Section folder = directory_section(path);
  values.named["has_document_root"] = !path.empty();
  values.named["document_root"] = path;
  values.named["document_section"] = folder.keyword;
  values.named["document_folder"] = folder.name;
  values.named["hidden_documents"] =
      "^" + regex_for(path == "/" ? "" : path) + R"(/(.*/)?\.(?!well-known(/|$)))";
  // A folder that httpd may list is a document too.
  std::vector<std::string> indexes = plan.settings.directory_index;
  if (plan.settings.directory_listing) indexes.emplace_back("*");
  values.named["document_indexes"] = words(indexes);
}

}  // namespace

void add_static_files(TemplateValues& values, const Plan& plan) {
  const Settings& settings = plan.settings;
  const bool has_files = !plan.static_files.empty() || !plan.document_root.empty();
  values.named["has_mime_types"] = !plan.mime_types.empty();
  values.named["mime_types"] = plan.mime_types;
  values.named["has_static_files"] = !plan.static_files.empty();
  values.named["static_files"] = static_values(plan);
  values.named["has_immutable_names"] = has_files && is_needed(plan, "headers");
  values.named["follows_symlinks"] = settings.follow_symlinks;
  values.named["lists_folders"] = settings.directory_listing;
  values.named["has_directory_index"] = !settings.directory_index.empty();
  values.named["directory_index"] = words(settings.directory_index);
  values.named["compresses"] = settings.compress_responses;
  values.named["has_brotli"] = is_needed(plan, "brotli");
  add_document_root(values, plan);
}

}  // namespace warp
