// Where the backend is. These placeholders stand here so that the page can be opened before there is
// a backend (it then says so). A deployment puts the outputs of its stack in their place:
//
//   region               the stack's region
//   userPoolId           output UserPoolId
//   userPoolWebClientId  output UserPoolClientId
//   apiEndpoint          output ApiUrl
//   cognitoEndpoint      only where Cognito is not at https://cognito-idp.REGION.amazonaws.com/
//
// Nothing here is secret: whoever loads the page can read it.
window.AWS_CONFIG = {
  region: '',
  userPoolId: '',
  userPoolWebClientId: '',
  apiEndpoint: '',
};
