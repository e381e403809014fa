// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/signer.h"

#include "core/api/decode.h"

namespace streamwright::endpoint {
namespace {

// "Name=value" of a list with commas, without the blanks around it.
std::string_view listed(std::string_view list, std::string_view name)
{
    while (!list.empty()) {
        auto item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), item.size() + 1));
        item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
        if (item.size() > name.size() && item[name.size()] == '=' && item.substr(0, name.size()) == name)
            return item.substr(name.size() + 1, item.find_last_not_of(' ') - name.size());
    }
    return {};
}

} // namespace

std::string_view Signer::part(Part part) const
{
    std::string_view rest = credential;
    for (int i = 0; i < part; ++i) {
        const auto slash = rest.find('/');
        if (slash == std::string_view::npos) return {};
        rest.remove_prefix(slash + 1);
    }
    return rest.substr(0, rest.find('/'));
}

Signer signerOf(const HttpRequest& request)
{
    Signer signer;
    if (const auto header = request.headers.find("authorization"); !header.empty()) {
        signer.form = Signer::Form::Header;
        const auto list = header.substr(std::min(header.find(' '), header.size()));
        signer.credential = listed(list, "Credential");
        signer.signedHeaders = listed(list, "SignedHeaders");
        signer.signature = listed(list, "Signature");
        return signer;
    }
    const auto query = request.query();
    if (query.find("X-Amz-Credential=") == std::string_view::npos &&
        query.find("X-Amz-Algorithm=") == std::string_view::npos)
        return signer;
    signer.form = Signer::Form::Presigned;
    signer.credential = api::formParameter(query, "X-Amz-Credential").value_or("");
    signer.signedHeaders = api::formParameter(query, "X-Amz-SignedHeaders").value_or("");
    signer.signature = api::formParameter(query, "X-Amz-Signature").value_or("");
    return signer;
}

} // namespace streamwright::endpoint
