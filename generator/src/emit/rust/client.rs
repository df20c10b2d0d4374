//! The client of an API: servers, credentials, builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::Comment;
use super::{Cx, table, types};
use crate::emit::docs::markdown;
use crate::features;
use crate::ir::{Flow, FlowKind, KeyPlace, Login, OpId, Operation, Scheme, SchemeKind, Server};
use crate::plan;

pub(super) fn client(cx: Cx<'_>) -> TokenStream {
    let api = cx.api;
    let table = api_table(cx);
    let servers = servers(cx);
    let login_tables = logins(cx).into_iter().map(|(id, _, login)| {
        let (name, table) = (login_table(cx, id), types::ident(&cx.own.op(id).table));
        let provides = login.provides.iter().map(|(scheme, pointer)| quote!((#scheme, #pointer)));
        let gate = gate(cx, id);
        quote! { #gate static #name: rt::Login = rt::Login::new(&operations::#table, &[#(#provides),*]); }
    });
    let server = (!api.servers.is_empty()).then(|| {
        quote! {
            #[doc = " Calls another server of the description; `url` takes any other."]
            pub fn server(mut self, server: Server) -> Self {
                self.core = self.core.server(server.index);
                for (name, value) in server.variables {
                    self.core = self.core.variable(name, value);
                }
                self
            }
        }
    });
    let (schemes, logins) = (
        api.schemes.iter().enumerate().map(|(index, scheme)| scheme_method(cx, index, scheme)),
        logins(cx).into_iter().map(|(id, operation, _)| login_method(cx, id, operation)),
    );
    let title = markdown::line(if api.info.title.is_empty() { &api.name } else { &api.info.title });
    let about = format!(" A client of {title}.");
    let agent_doc = format!(" Makes a [`Client`] of {title}.");
    quote! {
        use super::rt;
        #[allow(unused_imports)]
        use super::{models, operations};

        #table

        #(#login_tables)*

        #[doc = #about]
        #[doc = ""]
        #[doc = " Cheap to clone: clones share connections and tokens."]
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(super) core: rt::Core,
        }

        #[doc = #agent_doc]
        #[derive(Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            core: rt::CoreBuilder,
        }
        rt::client!(Client, ClientBuilder, API);
        impl ClientBuilder {
            #server
            #(#schemes)*
            #(#logins)*
        }

        #servers
    }
}

/// The static table of the API.
fn api_table(cx: Cx<'_>) -> TokenStream {
    let name = &cx.api.name;
    let agent = format!("{}/clientsmith", cx.plan.crate_name);
    let servers = cx.api.servers.iter().map(|server| types::tokens(&table::server(server)));
    let document = cx.api.base.as_ref().map(|base| quote!(document: Some(#base),));
    let schemes = cx.api.schemes.iter().map(|scheme| {
        let name = &scheme.name;
        let kind = scheme_kind(&scheme.kind);
        quote!(rt::Scheme { name: #name, kind: #kind })
    });
    let logins = logins(cx).into_iter().map(|(id, _, _)| {
        let (gate, table) = (gate(cx, id), login_table(cx, id));
        quote!(#gate #table)
    });
    quote! {
        pub(super) static API: rt::Api = rt::Api {
            name: #name,
            user_agent: #agent,
            servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
            logins: &[#(#logins),*],
            #document
            ..rt::Api::BASE
        };
    }
}

/// The condition under which an operation is there.
fn gate(cx: Cx<'_>, id: OpId) -> Option<TokenStream> {
    let feature = &features::of_operation(cx.api, &cx.own.tag_features, id)?.name;
    Some(quote! { #[cfg(feature = #feature)] })
}

/// Name of the static table of a log-in.
fn login_table(cx: Cx<'_>, id: OpId) -> proc_macro2::Ident {
    types::ident(&format!("{}_LOGIN", cx.own.op(id).table))
}

/// Log-in operations with what they provide.
fn logins(cx: Cx<'_>) -> Vec<(OpId, &Operation, &Login)> {
    cx.api.ops.iter().filter_map(|(id, operation)| Some((id, operation, operation.login.as_ref()?))).collect()
}

fn scheme_kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKey { place, name } => {
            let place = types::ident(match place {
                KeyPlace::Header => "Header",
                KeyPlace::Query => "Query",
                KeyPlace::Cookie => "Cookie",
            });
            quote!(rt::SchemeKind::ApiKey { place: rt::KeyPlace::#place, name: #name })
        }
        SchemeKind::Basic => quote!(rt::SchemeKind::HttpBasic),
        SchemeKind::Bearer { .. } => quote!(rt::SchemeKind::HttpBearer),
        SchemeKind::Http(scheme) => quote!(rt::SchemeKind::Http { scheme: #scheme }),
        SchemeKind::OAuth2(flows) => {
            let url = match token_url(flows) {
                Some(url) => quote!(Some(#url)),
                None => quote!(None),
            };
            quote!(rt::SchemeKind::OAuth2 { token_url: #url })
        }
        SchemeKind::OpenId { url } => quote!(rt::SchemeKind::OpenIdConnect { url: #url }),
        SchemeKind::MutualTls => quote!(rt::SchemeKind::MutualTls),
    }
}

/// Where tokens come from; the flow without a person first.
pub(crate) fn token_url(flows: &[Flow]) -> Option<&str> {
    let of = |kind: Option<FlowKind>| {
        flows
            .iter()
            .filter(move |flow| kind == Some(flow.kind) || kind.is_none())
            .find_map(|flow| flow.token_url.as_deref())
    };
    of(Some(FlowKind::ClientCredentials)).or_else(|| of(None))
}

/// One method of the builder for each security scheme.
fn scheme_method(cx: Cx<'_>, index: usize, scheme: &Scheme) -> Option<TokenStream> {
    let method = types::ident(cx.own.names.schemes.get(index)?);
    let name = &scheme.name;
    let mut comment = Comment::default();
    let (sentence, basic) = match &scheme.kind {
        SchemeKind::ApiKey { place, name } => {
            let place = match place {
                KeyPlace::Header => "header",
                KeyPlace::Query => "query parameter",
                KeyPlace::Cookie => "cookie",
            };
            (format!("Sets the key that travels in the {place} {}.", markdown::code(name)), false)
        }
        SchemeKind::Basic => ("Sets user name and password (HTTP Basic).".to_owned(), true),
        SchemeKind::Bearer { .. } => ("Sets the bearer token.".to_owned(), false),
        SchemeKind::Http(scheme) => {
            (format!("Sets the credentials of the HTTP scheme {}.", markdown::code(scheme)), false)
        }
        SchemeKind::OAuth2(_) => {
            (format!("Sets the OAuth 2 credential: a token, or what tokens are fetched with: {GRANTS}."), false)
        }
        SchemeKind::OpenId { .. } => (
            format!(
                "Sets the OpenID Connect token, or what tokens are fetched with: {GRANTS}. The provider tells where."
            ),
            false,
        ),
        SchemeKind::MutualTls => {
            comment.own("Says that the transport shows a client certificate (mutual TLS): that of `identity` of the default one.");
            comment.prose(&scheme.doc);
            let comment = comment.tokens();
            return Some(quote! {
                #comment
                pub fn #method(mut self) -> Self {
                    self.core = self.core.credential(#name, rt::Credential::by_transport());
                    self
                }
            });
        }
    };
    comment.own(sentence);
    comment.prose(&scheme.doc);
    if let Some(jwt) = &scheme.jwt {
        let claims: Vec<String> = jwt
            .claims
            .iter()
            .map(|(name, what)| format!("{} ({})", markdown::code(name), markdown::line(what)))
            .collect();
        comment.own(format!("The value is a JSON Web Token that the caller signs with {}; claims: {}. [`JwtSigner`](rt::JwtSigner) makes it.", markdown::code(&jwt.algorithm), claims.join(", ")));
    }
    let comment = comment.tokens();
    let token_url = matches!(scheme.kind, SchemeKind::OAuth2(_)).then(|| {
        let method = types::ident(cx.own.names.token_urls.get(index).map_or("token_url", String::as_str));
        let about = format!(
            " Fetches tokens for {} here instead of where the description says; `url` does not change that.",
            markdown::code(name)
        );
        quote! {
            #[doc = #about]
            pub fn #method(mut self, url: impl Into<String>) -> Self {
                self.core = self.core.token_url(#name, url);
                self
            }
        }
    });
    let log_ins = log_ins(cx, index, scheme);
    Some(if basic {
        quote! {
            #comment
            pub fn #method(mut self, user: &str, password: impl Into<rt::Secret>) -> Self {
                self.core = self.core.credential(#name, rt::Credential::basic(user, password));
                self
            }
        }
    } else {
        quote! {
            #comment
            pub fn #method(mut self, credential: impl Into<rt::Credential>) -> Self {
                self.core = self.core.credential(#name, credential);
                self
            }
            #token_url
            #log_ins
        }
    })
}

/// The grants that a user can give, for doc comments.
const GRANTS: &str = "[`ClientCredentials`](rt::ClientCredentials), [`PasswordGrant`](rt::PasswordGrant), or the [`Tokens`](rt::Tokens) of a log-in";

/// The methods that start a log-in by a person.
fn log_ins(cx: Cx<'_>, index: usize, scheme: &Scheme) -> TokenStream {
    let name = &scheme.name;
    let [browser, device] = cx.own.names.log_ins.get(index).cloned().unwrap_or_default();
    let browser = plan::authorization(&scheme.kind).filter(|_| !browser.is_empty()).map(|(page, token)| {
        let method = types::ident(&browser);
        let about = format!(
            " Starts a log-in by a browser for {}: open the page, give what comes back to [`finish`](rt::Authorization::finish), and the tokens to the builder.",
            markdown::code(name)
        );
        quote! {
            #[doc = #about]
            pub fn #method(&self, flow: rt::AuthorizationCode) -> rt::BoxFuture<'static, Result<rt::Authorization, rt::Error>> {
                self.core.authorize(#name, #page, #token, flow)
            }
        }
    });
    let device = plan::device(&scheme.kind).filter(|_| !device.is_empty()).map(|(url, token)| {
        let method = types::ident(&device);
        let about = format!(
            " Starts a log-in on another device for {}: show the code, [`wait`](rt::DeviceLogIn::wait), and give the tokens to the builder.",
            markdown::code(name)
        );
        quote! {
            #[doc = #about]
            pub fn #method(&self, flow: rt::DeviceCode) -> rt::BoxFuture<'static, Result<rt::DeviceLogIn, rt::Error>> {
                self.core.authorize_device(#name, #url, #token, flow)
            }
        }
    });
    quote! { #browser #device }
}

/// A method of the builder for each log-in operation.
fn login_method(cx: Cx<'_>, id: OpId, operation: &Operation) -> Option<TokenStream> {
    let media = operation.body.as_ref()?.media.first()?;
    let kind = types::shape(cx, &media.shape, "models::");
    let table = types::ident(&cx.own.op(id).table);
    let method = types::ident(cx.own.op(id).method.as_str());
    let login = login_table(cx, id);
    let gate = gate(cx, id);
    let about = format!(
        " Logs in with {} before the first call that needs it, and once more when a token is refused.",
        markdown::code(&operation.id)
    );
    Some(quote! {
        #[doc = #about]
        #gate
        pub fn #method(mut self, body: &#kind) -> Self {
            self.core = self.core.login(&#login, rt::Draft::new(&operations::#table).json(body));
            self
        }
    })
}

/// The servers of the description as constructors, and an enum for each variable whose values are listed.
fn servers(cx: Cx<'_>) -> TokenStream {
    let mut constructors = Vec::new();
    let mut kinds = Vec::new();
    for (index, server) in cx.api.servers.iter().enumerate() {
        constructors.push(constructor(cx, index, server));
        for (variable, names) in server.variables.iter().zip(&cx.own.names.server_variables[index]) {
            if names.kind.is_empty() {
                continue;
            }
            let kind = types::ident(&names.kind);
            let mut comment = Comment::default();
            comment.own(format!("Values of the server variable {}.", markdown::code(&variable.name)));
            if let Some(description) = &variable.description {
                comment.block(description);
            }
            let comment = comment.tokens();
            let variants: Vec<_> = names.variants.iter().map(|variant| types::ident(variant)).collect();
            let about: Vec<String> =
                variable.values.iter().map(|value| format!(" {}", markdown::code(value))).collect();
            let values = &variable.values;
            let default = variable.values.iter().position(|value| *value == variable.default).unwrap_or(0);
            let marks = (0..variants.len()).map(|index| (index == default).then(|| quote!(#[default])));
            kinds.push(quote! {
                #comment
                #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
                #[non_exhaustive]
                pub enum #kind { #(#[doc = #about] #marks #variants,)* }
                impl #kind {
                    #[doc = " The text in the URL."]
                    pub fn as_str(self) -> &'static str {
                        match self { #(Self::#variants => #values,)* }
                    }
                }
            });
        }
    }
    if cx.api.servers.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[doc = " A server that the description names."]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Server {
            index: usize,
            variables: Vec<(&'static str, String)>,
        }
        impl Server {
            #(#constructors)*
        }
        #(#kinds)*
    }
}

fn constructor(cx: Cx<'_>, index: usize, server: &Server) -> TokenStream {
    let method = types::ident(&cx.own.names.servers[index]);
    let mut comment = Comment::default();
    comment.own(markdown::code(&server.url));
    if let Some(description) = &server.description {
        comment.block(description);
    }
    let comment = comment.tokens();
    let number = proc_macro2::Literal::usize_unsuffixed(index);
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for (variable, names) in server.variables.iter().zip(&cx.own.names.server_variables[index]) {
        let argument = types::ident(&names.argument);
        let name = &variable.name;
        if names.kind.is_empty() {
            arguments.push(quote!(#argument: impl Into<String>));
            values.push(quote!((#name, #argument.into())));
        } else {
            let kind = types::ident(&names.kind);
            arguments.push(quote!(#argument: #kind));
            values.push(quote!((#name, #argument.as_str().to_owned())));
        }
    }
    quote! {
        #comment
        pub fn #method(#(#arguments),*) -> Self {
            Self { index: #number, variables: vec![#(#values),*] }
        }
    }
}
