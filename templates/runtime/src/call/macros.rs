//! The methods that every generated client has.

/// Gives a generated client and its builder the methods that do not depend on the API.
///
/// `rt::client!(Client, ClientBuilder, API);` where both types have one field, `core`.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    ($client:ident, $builder:ident, $api:path) => {
        impl $client {
            /// Starts to put a client together.
            pub fn builder() -> $builder {
                $builder { core: rt::CoreBuilder::new(&$api) }
            }
        }

        impl $builder {
            /// Calls this address instead of the servers that the API's document names, those of single
            /// operations too.
            ///
            /// Paths are added to it; it may have a path of its own. Tokens are still fetched where the
            /// document says, unless that address is relative: see the method for the token URL, if there is one.
            pub fn url(mut self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
                self.core = self.core.url(url);
                self
            }

            /// Says where the API's document lies: relative addresses in it, such as the server `/v1`, start
            /// there.
            pub fn document_url(mut self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
                self.core = self.core.document_url(url);
                self
            }

            /// Sets a variable of the addresses of servers, by its name in the document.
            pub fn variable(
                mut self,
                name: &'static str,
                value: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.core = self.core.variable(name, value);
                self
            }

            /// Sends this `User-Agent`.
            pub fn user_agent(mut self, user_agent: impl ::std::convert::Into<::std::string::String>) -> Self {
                self.core = self.core.user_agent(user_agent);
                self
            }

            /// How long each exchange with the server may take, to the last byte of the answer: 60 seconds
            /// unless set; `None` is without end.
            pub fn timeout(
                mut self,
                timeout: impl ::std::convert::Into<::std::option::Option<::std::time::Duration>>,
            ) -> Self {
                self.core = self.core.timeout(timeout);
                self
            }

            /// Refuses answers that are larger than this many bytes; there is no limit otherwise.
            pub fn answer_limit(mut self, bytes: usize) -> Self {
                self.core = self.core.answer_limit(bytes);
                self
            }

            /// Checks the arguments of each call against the limits that the API's document sets: lengths, bounds,
            /// numbers of items, formats, and patterns with the feature `patterns`.
            ///
            /// A call that breaks one fails with an error of kind `Invalid` that names each place, and nothing is
            /// sent; an item of a stream is checked when its turn comes. Without this the server is left to judge. Texts and
            /// bytes are not checked; of `oneOf` at least one schema has to have its limits kept.
            pub fn check_requests(mut self, checks: bool) -> Self {
                self.core = self.core.check_requests(checks);
                self
            }

            /// Sends through this transport instead of the default one.
            pub fn transport(mut self, transport: impl rt::Transport + 'static) -> Self {
                self.core = self.core.transport(transport);
                self
            }

            /// Sends a header field with every call.
            pub fn header(
                mut self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                self.core = self.core.header(name, value);
                self
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// When the address is none, a header cannot be sent, a credential does not fit its scheme, or
            /// there is no transport (the feature `reqwest` is off and none was given).
            pub fn build(self) -> ::std::result::Result<$client, rt::Error> {
                ::std::result::Result::Ok($client { core: self.core.build()? })
            }
        }
    };
}

/// A call of an operation, with the method of the client that makes it:
/// `rt::request!(PetsList, "pets/list", "pets_list", send Vec<Pet>, by json);`. Without `send` it needs one of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($name:ident, $operation:literal, $method:literal $(, send $answer:ty, by $read:ident)?) => {
        #[doc = ::core::concat!("A call of [`", $operation, "`](Client::", $method, "), ready to be sent.")]
        #[must_use = "a request does nothing until it is sent"]
        #[derive(Clone, Debug)]
        pub struct $name(rt::Request);

        impl $name {
            /// Timeout, extra headers and extra query values of this one call.
            pub fn with_options(self, options: rt::Options) -> Self {
                Self(self.0.options(options))
            }

            $(#[doc = ::core::concat!("Sends the request; [`", $method, "`](Client::", $method, ") tells of the errors.")]
            pub fn send(self) -> rt::Call<$answer> {
                self.0.call(rt::$read)
            })?
        }
    };
}

/// An enum of error bodies, and how they are read, by status and media type:
/// `rt::error_body! { pub enum PetsListError { 404, _ => NotFound(body: Problem) by json, 410, _ => Gone by empty } }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_body {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$note:meta])* $status:pat, $media:pat $(if $test:expr)? =>
                $variant:ident $(($body:ident: $kind:ty))? by $how:ident),*
            $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($(#[$note])* $variant $(($kind))?,)*
        }

        impl rt::ErrorBody for $name {
            fn from_reply(reply: &rt::ErrorReply<'_>) -> ::core::option::Option<Self> {
                #[allow(unreachable_patterns)]
                match (reply.status(), reply.media().as_str()) {
                    $(($status, $media) $(if $test)? => rt::error_as::$how(reply, Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[cfg(feature = "cli")]
        impl rt::cli::ErrorCase for $name {
            fn shown(&self) -> ::core::option::Option<rt::cli::Shown> {
                match self {
                    $(Self::$variant $(($body))? => rt::cli::shown::$how($($body)?),)*
                }
            }
        }
    };
}

/// Typed headers of the answers to an operation: `rt::reply_headers!(PetsListHeaders, "pets/list", "Headers.");`.
#[doc(hidden)]
#[macro_export]
macro_rules! __reply_headers {
    ($name:ident, $operation:literal, $about:literal) => {
        #[doc = $about]
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a>(rt::TypedHeaders<'a>);

        impl<'a> ::core::convert::From<&'a rt::Headers> for $name<'a> {
            fn from(headers: &'a rt::Headers) -> Self {
                Self(rt::TypedHeaders::new($operation, headers))
            }
        }
    };
}
