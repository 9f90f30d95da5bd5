import './console.css';
import { applyTheme } from '../shared/theme.js';
import './app.js';

applyTheme();
